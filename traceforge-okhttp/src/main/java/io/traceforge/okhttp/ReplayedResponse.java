package io.traceforge.okhttp;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Set;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Okio;
import org.jspecify.annotations.Nullable;

/** Makes of a trace the response that its caller had. */
final class ReplayedResponse {
  private static final String CONTENT_LENGTH = "content-length";

  /** They tell of a connection, or of an encoding that the recorder has undone. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-encoding",
          "keep-alive",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final Trace trace;
  private final TraceResponse recorded;
  private final TraceBody body;
  private final boolean head;

  private ReplayedResponse(Trace trace, TraceResponse recorded, boolean head) {
    this.trace = trace;
    this.recorded = recorded;
    this.body = recorded.body() == null ? TraceBody.of(new byte[0], null) : recorded.body();
    this.head = head;
  }

  /** Returns the response, or throws what the call ended with, each at its time. */
  static Response of(Trace trace, Request request, ReplayPace pace) throws IOException {
    TraceResponse recorded = trace.response();
    if (recorded == null) {
      pace.await(trace.metadata().timing().total());
      throw RecordedFailures.withoutResponse(trace);
    }
    ReplayedResponse response =
        new ReplayedResponse(trace, recorded, request.method().equals("HEAD"));
    response.requireWholeBody();
    pace.await(trace.metadata().timing().toHeaders());
    return response.build(request, pace);
  }

  /** A part of a body would be a wrong answer. */
  private void requireWholeBody() throws IOException {
    if (body.isTruncated()) {
      throw new IOException(
          "Trace %s cannot be replayed: only %d of the %d bytes of its response were kept"
              .formatted(trace.id(), body.bytes().length, body.size()));
    }
  }

  private Response build(Request request, ReplayPace pace) {
    String type = recorded.headers().get("Content-Type");
    IOException failure =
        RecordedFailures.afterBody(trace, recorded.statusCode(), head || fitsItsLength());
    ReplayedBody source =
        new ReplayedBody(
            TraceBody.of(body.bytes(), type), trace.metadata().timing(), pace, failure);
    return new Response.Builder()
        .request(request)
        .protocol(Protocol.HTTP_1_1)
        .code(recorded.statusCode())
        .message("")
        .headers(headers())
        .body(
            ResponseBody.create(
                Okio.buffer(source), type == null ? null : MediaType.parse(type), length(failure)))
        .build();
  }

  private Headers headers() {
    Headers.Builder headers = new Headers.Builder();
    for (HttpHeaders.Field field : recorded.headers().fields()) {
      if (fits(field.name().toLowerCase(Locale.ROOT))) {
        headers.addUnsafeNonAscii(field.name(), field.value());
      }
    }
    return headers.build();
  }

  private boolean fits(String name) {
    return name.equals(CONTENT_LENGTH)
        ? head || fitsItsLength()
        : !OF_THE_CONNECTION.contains(name);
  }

  private boolean fitsItsLength() {
    String told = recorded.headers().get(CONTENT_LENGTH);
    return told != null
        && told.strip().equals(Long.toString(body.size()))
        && recorded.headers().get("Content-Encoding") == null;
  }

  /** As OkHttp tells it: -1 where no header does. */
  private long length(@Nullable IOException failure) {
    boolean empty = body.size() == 0 && failure == null;
    return empty || fitsItsLength() ? body.size() : -1;
  }
}
