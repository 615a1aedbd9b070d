package io.traceforge.trace;

/** Where a session stands. */
public enum SessionStatus {
  /** Not ended, and not silent for longer than its timeout. */
  IN_PROGRESS,
  /** Ended, or silent past its timeout with every call answered. */
  COMPLETED,
  /**
   * Ended as failed, or its last step ended in an error, or it fell silent past its timeout with a
   * call unanswered.
   */
  FAILED
}
