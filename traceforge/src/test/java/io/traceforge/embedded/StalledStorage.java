package io.traceforge.embedded;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Lets no write through until it is told to. */
final class StalledStorage extends Handing {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch goOn = new CountDownLatch(1);
  private volatile boolean stalled;

  StalledStorage(StorageBackend backend, boolean stalled) {
    super(backend);
    this.stalled = stalled;
  }

  void awaitWriter() throws InterruptedException {
    reached.await();
  }

  void stall() {
    stalled = true;
  }

  void goOn() {
    stalled = false;
    goOn.countDown();
  }

  @Override
  public void saveTraces(List<Trace> traces) {
    if (stalled) {
      reached.countDown();
      try {
        goOn.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    super.saveTraces(traces);
  }
}
