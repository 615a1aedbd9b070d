package io.traceforge.trace;

/** How a recorded call ended, or that it has not ended yet. */
public enum TraceStatus {
  /** The request was sent; no end was seen. A process that died in mid-call leaves this behind. */
  IN_PROGRESS,
  /** The response was received up to the protocol's end. */
  SUCCESS,
  /**
   * HTTP 4xx or 5xx, an I/O failure, a timeout, an error that the provider sent in a stream, or a
   * stream that the server ended before the protocol's end.
   */
  ERROR,
  /**
   * The caller cancelled the call, closed the response before the protocol's end, or never closed
   * it; with a status of 4xx or 5xx it is an {@link #ERROR} all the same.
   */
  CANCELLED;

  /** Returns whether the call has ended: every status but {@link #IN_PROGRESS}. */
  public boolean isFinal() {
    return this != IN_PROGRESS;
  }
}
