package io.traceforge.trace;

/** Where a session stands. */
public enum SessionStatus {
  /** Not ended, and not silent for longer than its timeout: what failed may be tried again. */
  IN_PROGRESS,
  /** Ended, or silent past its timeout with every call answered. */
  COMPLETED,
  /**
   * Ended as failed, or ended or silent past its timeout with an error in its last step, or silent
   * past its timeout with a call unanswered.
   */
  FAILED
}
