package io.traceforge.okhttp.contract;

import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Lets one side go on only when the other has come so far. */
final class Gate {
  private static final int DEADLINE_SECONDS = 5;
  private final Semaphore passes = new Semaphore(0);

  void open() {
    passes.release();
  }

  void await() throws IOException {
    try {
      if (!passes.tryAcquire(DEADLINE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the other side never came so far");
      }
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
  }
}
