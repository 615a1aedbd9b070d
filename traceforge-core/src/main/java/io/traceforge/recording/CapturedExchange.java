package io.traceforge.recording;

import io.traceforge.trace.HttpHeaders;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the caller's thread saw of a call at one moment; nothing in it is parsed yet. */
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
    @Nullable Duration elapsed) {

  /** Headers are converted by the writer: the caller's thread only hands them over. */
  record RequestHead(
      String method, String url, Supplier<HttpHeaders> headers, @Nullable String mediaType) {}

  record ResponseHead(int statusCode, Supplier<HttpHeaders> headers, Duration elapsed) {}
}
