package io.traceforge.recording;

import io.traceforge.protocol.Interpretation;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceStatus;
import org.jspecify.annotations.Nullable;

/** Judges how a call ended, from what the caller did and what the provider said. */
record Outcome(TraceStatus status, @Nullable TraceError error) {
  private static final int FIRST_ERROR_STATUS = 400;

  /**
   * Judges.
   *
   * @param readByCaller what the protocol says of the part that the caller read; the same as {@code
   *     read} unless more was recorded than the caller read
   */
  static Outcome judge(
      CapturedExchange exchange, Interpretation read, Interpretation readByCaller) {
    TraceError told = read.error();
    int status = exchange.response() == null ? 0 : exchange.response().statusCode();
    if (exchange.ending() == Ending.NONE) {
      return new Outcome(TraceStatus.IN_PROGRESS, null);
    }
    if (status >= FIRST_ERROR_STATUS || told != null) {
      TraceError error = told != null ? told : TraceError.of("http_" + status, null, null);
      return new Outcome(TraceStatus.ERROR, error);
    }
    return switch (exchange.ending()) {
      case NONE, READ_TO_END -> readToEnd(read);
      case FAILED -> new Outcome(TraceStatus.ERROR, describe(exchange.failure()));
      case CANCELLED -> cancelled("cancelled", "the caller cancelled the call");
      case CLOSED ->
          isWhole(exchange, readByCaller)
              ? success()
              : cancelled("closed", "the caller closed the response before its end");
      case ABANDONED -> cancelled("abandoned", "the caller never closed the response");
    };
  }

  /** A stream that says no end and no reason to be finished was cut, however politely. */
  private static Outcome readToEnd(Interpretation read) {
    return read.cutShort() && !read.finished()
        ? new Outcome(
            TraceStatus.ERROR,
            TraceError.of("incomplete_stream", "the stream ended before the provider's end", null))
        : success();
  }

  private static boolean isWhole(CapturedExchange exchange, Interpretation read) {
    if (read.complete()) {
      return true;
    }
    String length =
        exchange.response() == null
            ? null
            : exchange.response().headers().get().get("Content-Length");
    return length != null && length.trim().equals(Long.toString(exchange.readByCaller()));
  }

  private static Outcome success() {
    return new Outcome(TraceStatus.SUCCESS, null);
  }

  private static Outcome cancelled(String type, String message) {
    return new Outcome(TraceStatus.CANCELLED, TraceError.of(type, message, null));
  }

  private static TraceError describe(@Nullable Throwable failure) {
    return failure == null
        ? TraceError.of("unknown", null, null)
        : TraceError.of(failure.getClass().getName(), failure.getMessage(), null);
  }
}
