package io.traceforge.embedded;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Holds up writes, once it is told to, until the JVM has begun to exit. */
final class LastWriteWaits extends Handing {
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch exiting = new CountDownLatch(1);
  private volatile boolean held;

  LastWriteWaits(StorageBackend backend) {
    super(backend);
    Runtime.getRuntime().addShutdownHook(new Thread(exiting::countDown));
  }

  void holdUp() {
    held = true;
  }

  void awaitWriter() throws InterruptedException {
    reached.await();
  }

  @Override
  public void saveTraces(List<Trace> traces) {
    if (held) {
      reached.countDown();
      try {
        exiting.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
    super.saveTraces(traces);
  }
}
