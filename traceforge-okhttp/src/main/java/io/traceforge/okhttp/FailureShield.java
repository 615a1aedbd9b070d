package io.traceforge.okhttp;

import io.traceforge.TraceForge;

/** Keeps failures of ours from the caller; they are counted and logged once for each kind. */
final class FailureShield {
  private final TraceForge traceForge;

  FailureShield(TraceForge traceForge) {
    this.traceForge = traceForge;
  }

  void run(Runnable work) {
    try {
      work.run();
    } catch (Throwable failure) {
      failed(failure);
    }
  }

  void failed(Throwable failure) {
    traceForge.reportInternalError("A call could not be recorded", failure);
  }
}
