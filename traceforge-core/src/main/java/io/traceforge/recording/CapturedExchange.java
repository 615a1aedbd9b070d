package io.traceforge.recording;

import io.traceforge.trace.HttpHeaders;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the caller's thread saw of a call at one moment; nothing in it is parsed yet.
 *
 * @param elapsedNanos from the call's begin to its end; less than 0 if it is under way
 */
record CapturedExchange(
    String traceId,
    SessionPosition position,
    int callNumber,
    Instant startTime,
    RequestHead request,
    @Nullable BodyCapture requestBody,
    @Nullable ResponseHead response,
    @Nullable BodyCapture responseBody,
    Ending ending,
    @Nullable Throwable failure,
    long readByCaller,
    long elapsedNanos) {

  /** Headers are converted by the writer: the caller's thread only hands them over. */
  record RequestHead(
      String method, String url, Supplier<HttpHeaders> headers, @Nullable String mediaType) {}

  record ResponseHead(int statusCode, Supplier<HttpHeaders> headers, long elapsedNanos) {}
}
