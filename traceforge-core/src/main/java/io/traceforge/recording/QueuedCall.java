package io.traceforge.recording;

import org.jspecify.annotations.Nullable;

/** A call's start or end on its way to the writer. */
record QueuedCall(CallRecording recording, CapturedExchange exchange) implements QueueEntry {
  @Nullable String sessionId() {
    return exchange.position().sessionId();
  }

  boolean isEnd() {
    return exchange.ending() != Ending.NONE;
  }

  /** Tells that nobody will read this entry any more. */
  void done() {
    if (isEnd()) {
      recording.release();
    } else {
      recording.startDone();
    }
  }
}
