package io.traceforge.trace;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Traces for tests, with times in milliseconds after {@link #START}. */
public final class Traces {
  /** The time from which tests count. */
  public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private Traces() {}

  /** Returns the time so many milliseconds after {@link #START}. */
  public static Instant at(long millis) {
    return START.plusMillis(millis);
  }

  /** Returns a builder for a successful call of a session's first step. */
  public static Trace.Builder trace(String id, long startMillis, long endMillis) {
    return open(id, startMillis)
        .status(TraceStatus.SUCCESS)
        .metadata(took(endMillis - startMillis).build());
  }

  /** Returns a builder for a call that is still open. */
  public static Trace.Builder open(String id, long startMillis) {
    return Trace.builder()
        .id(id)
        .sessionId("session")
        .startTime(at(startMillis))
        .request(request("{}"));
  }

  /** Returns a builder for a call that ended in an error. */
  public static Trace.Builder failed(String id, long startMillis, long endMillis) {
    return trace(id, startMillis, endMillis)
        .status(TraceStatus.ERROR)
        .error(TraceError.of("server_error", "boom", null));
  }

  /** Returns a request with a body. */
  public static TraceRequest request(@Nullable String body) {
    TraceBody traceBody = body == null ? null : TraceBody.ofText(body, "application/json");
    return TraceRequest.of("POST", "https://llm.test/v1/chat", HttpHeaders.empty(), traceBody);
  }

  /** Returns a builder for metadata with a duration. */
  public static TraceMetadata.Builder took(long millis) {
    TraceTiming timing = TraceTiming.builder().total(Duration.ofMillis(millis)).build();
    return TraceMetadata.builder().timing(timing);
  }
}
