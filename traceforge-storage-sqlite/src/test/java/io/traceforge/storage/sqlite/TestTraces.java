package io.traceforge.storage.sqlite;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.TraceTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Traces to store. */
final class TestTraces {
  static final Instant START = Instant.parse("2026-03-01T10:00:00.123456Z");

  private TestTraces() {}

  static String id(int n) {
    return String.format(Locale.ROOT, "01955000-0000-7000-8000-%012x", n);
  }

  static Trace.Builder trace(@Nullable String session, int n) {
    TraceTiming timing = TraceTiming.builder().total(Duration.ofMillis(5)).build();
    return Trace.builder()
        .id(id(n))
        .sessionId(session)
        .callNumber(n)
        .status(TraceStatus.SUCCESS)
        .startTime(START.plusMillis(n))
        .request(request("{\"n\":" + n + "}"))
        .metadata(TraceMetadata.builder().requestModel("m").timing(timing).build());
  }

  static TraceRequest request(String body) {
    return TraceRequest.of(
        "POST", "http://a/", HttpHeaders.empty(), TraceBody.ofText(body, "application/json"));
  }

  /** Returns a call whose request has some messages, which are JSON. */
  static Trace says(@Nullable String session, int n, String... messages) {
    String body = "{\"messages\":[" + String.join(",", messages) + "]}";
    return trace(session, n).request(request(body)).build();
  }

  static List<Trace> batch(String session, int first, int count) {
    return IntStream.range(first, first + count).mapToObj(n -> trace(session, n).build()).toList();
  }
}
