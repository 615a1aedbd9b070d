package io.traceforge.redaction;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Sends single bodies through a redactor. */
final class Bodies {
  private static final String URL = "https://api.example.com/v1/things";

  private Bodies() {}

  static String json(Redactor redactor, String text) {
    return request(redactor, TraceBody.ofText(text, "application/json")).text();
  }

  static TraceBody request(Redactor redactor, TraceBody body) {
    return redactor.redact(trace(body, null, null)).request().body();
  }

  static TraceBody response(Redactor redactor, TraceBody body) {
    return redactor.redact(trace(null, body, null)).response().body();
  }

  static TraceResponse response(Redactor redactor, TraceBody body, TraceBody assembled) {
    return redactor.redact(trace(null, body, assembled)).response();
  }

  /** A body of which the middle was not kept. */
  static TraceBody cut(String text, int head, int tail, String mediaType) {
    byte[] kept =
        (text.substring(0, head) + text.substring(tail)).getBytes(StandardCharsets.ISO_8859_1);
    return TraceBody.truncated(kept, head, kept.length + 1_000_000L, mediaType);
  }

  static String kept(TraceBody body) {
    return new String(body.bytes(), StandardCharsets.ISO_8859_1);
  }

  private static Trace trace(TraceBody request, TraceBody response, TraceBody assembled) {
    return Trace.builder()
        .id("trace-1")
        .startTime(Instant.EPOCH)
        .request(TraceRequest.of("POST", URL, HttpHeaders.empty(), request))
        .response(
            response == null
                ? null
                : TraceResponse.of(200, HttpHeaders.empty(), response, assembled))
        .build();
  }
}
