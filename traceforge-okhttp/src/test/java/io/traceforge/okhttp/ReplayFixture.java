package io.traceforge.okhttp;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.TraceTiming;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Recordings made by hand, and calls to hosts that do not exist. */
final class ReplayFixture {
  static final String CHAT = "http://recorded.invalid/v1/chat/completions";
  static final MediaType JSON = MediaType.get("application/json");
  private static final AtomicInteger IDS = new AtomicInteger();

  private ReplayFixture() {}

  /** Returns a recorded POST that was answered with a text. */
  static Trace post(String url, String body, String answer) {
    return ended(url, body)
        .response(response(200, answer, "Content-Type", "text/plain"))
        .status(TraceStatus.SUCCESS)
        .build();
  }

  /** Returns a recorded chat call that was answered with a text. */
  static Trace chat(String body, String answer) {
    return post(CHAT, body, answer);
  }

  /** Returns a recorded chat call that ended in an error, without an answer. */
  static Trace.Builder failed(String body, TraceError error) {
    return ended(CHAT, body).status(TraceStatus.ERROR).error(error);
  }

  /** Returns a recorded chat call that reached no server, so that its body was never written. */
  static Trace unconnected() {
    return failed("", TraceError.of("java.net.ConnectException", "Connection refused", null))
        .request(TraceRequest.of("POST", CHAT, HttpHeaders.empty(), null))
        .build();
  }

  private static Trace.Builder ended(String url, String body) {
    return Trace.builder()
        .id("trace-" + IDS.incrementAndGet())
        .startTime(Instant.EPOCH)
        .request(
            TraceRequest.of(
                "POST", url, HttpHeaders.empty(), TraceBody.ofText(body, "application/json")));
  }

  static TraceResponse response(int status, String body, String... headers) {
    HttpHeaders fields = HttpHeaders.of(headers);
    return TraceResponse.of(
        status, fields, TraceBody.ofText(body, fields.get("Content-Type")), null);
  }

  static TraceMetadata timed(TraceTiming timing) {
    return TraceMetadata.builder().timing(timing).build();
  }

  static OkHttpClient replaying(ReplayInterceptor replay) {
    return new OkHttpClient.Builder().addInterceptor(replay).build();
  }

  static OkHttpClient replaying(Trace... traces) {
    return replaying(ReplayInterceptor.of(java.util.List.of(traces)));
  }

  static Request ask(String url, String body) {
    return new Request.Builder().url(url).post(RequestBody.create(body, JSON)).build();
  }

  /** Asks at another host than the recorded one, and returns the answer's text. */
  static String answer(OkHttpClient client, String body) throws IOException {
    return text(client, ask("https://elsewhere.invalid/v1/chat/completions", body));
  }

  static String text(OkHttpClient client, Request request) throws IOException {
    try (Response response = client.newCall(request).execute()) {
      return Objects.requireNonNull(response.body()).string();
    }
  }
}
