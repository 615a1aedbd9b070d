package io.traceforge.okhttp;

import io.traceforge.adapter.ClientCalls;

/** Keeps failures of ours from the caller; they are counted and logged once for each kind. */
final class FailureShield {
  private final ClientCalls calls;

  FailureShield(ClientCalls calls) {
    this.calls = calls;
  }

  void run(Runnable work) {
    try {
      work.run();
    } catch (Throwable failure) {
      failed(failure);
    }
  }

  void failed(Throwable failure) {
    calls.failed(failure);
  }
}
