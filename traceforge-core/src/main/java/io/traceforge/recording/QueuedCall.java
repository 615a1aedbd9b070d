package io.traceforge.recording;

import org.jspecify.annotations.Nullable;

/** A call's start or end on its way to the writer. A start that still waits tells the end, too. */
final class QueuedCall implements QueueEntry {
  private final CallRecording recording;
  private final boolean start;
  private CapturedExchange exchange; // guarded by this until it is taken
  private boolean taken; // guarded by this

  QueuedCall(CallRecording recording, CapturedExchange exchange) {
    this.recording = recording;
    this.exchange = exchange;
    this.start = exchange.ending() == Ending.NONE;
  }

  /** Makes an entry that waits tell the end instead; returns false if the writer has it. */
  synchronized boolean tellInstead(CapturedExchange end) {
    if (taken) {
      return false;
    }
    exchange = end;
    return true;
  }

  /** Settles what this entry tells. */
  synchronized void take() {
    taken = true;
  }

  /** Returns what this tells; to be asked when it is taken. */
  CapturedExchange exchange() {
    return exchange;
  }

  CallRecording recording() {
    return recording;
  }

  @Nullable String sessionId() {
    return exchange.position().sessionId();
  }

  boolean isEnd() {
    return exchange.ending() != Ending.NONE;
  }

  /** Tells that this is not stored. What was taken before it may still be read. */
  void dropped() {
    if (isEnd()) {
      recording.endDropped();
    }
    if (start) {
      recording.startDone();
    }
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
