package io.traceforge.recording;

/** How the caller's side of a call ended. What it means for the trace is judged on the writer. */
enum Ending {
  /** The call has not ended. */
  NONE,
  /** The response was read to its end. */
  READ_TO_END,
  /** The caller closed the response before its end, which may be after the protocol's end. */
  CLOSED,
  /** An exception ended the call. */
  FAILED,
  /** The caller cancelled the call. */
  CANCELLED,
  /** The caller forgot the response without closing it. */
  ABANDONED
}
