package io.traceforge.recording;

import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Deletes what is old from time to time, and as soon as there is too much, on a thread of its own:
 * it may take long.
 */
final class Pruner implements Runnable {
  /** So many times as long as a pass took it waits until it does so again soon: not to hog. */
  private static final int PAUSE = 10;

  private final SizeWatch size;
  private final Duration interval;
  private final Problems problems;
  private final Thread thread;
  private volatile boolean stopped;

  Pruner(Retention retention, RetentionPolicy policy, Duration interval, Problems problems) {
    this.size = new SizeWatch(retention, policy);
    this.interval = interval;
    this.problems = problems;
    this.thread = new Thread(null, this, "traceforge-retention", 0, false);
    thread.setDaemon(true);
    // An application server's class loader must not be held by a thread that it does not know.
    thread.setContextClassLoader(Pruner.class.getClassLoader());
  }

  void start() {
    thread.start();
  }

  /** Lets the thread end; what it is about to delete it may still delete. */
  void stop() {
    stopped = true;
    LockSupport.unpark(thread);
  }

  /** Waits for the thread's end, but not for ever. */
  void awaitEnd(Deadline deadline) {
    try {
      thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline.left())));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Takes note that something was stored: there may be too much now. Returns at once. */
  void look() {
    if (size.hasBound()) {
      LockSupport.unpark(thread);
    }
  }

  @Override
  public void run() {
    long next = System.nanoTime(); // at once: what is there already may be too much
    while (!stopped) {
      if (System.nanoTime() - next >= 0 || guarded(size::isPassed)) {
        next = System.nanoTime() + pass();
      } else {
        LockSupport.parkNanos(this, next - System.nanoTime());
        Thread.interrupted(); // somebody's interrupt must not make it spin
      }
    }
  }

  /** Deletes. Returns how long to wait until that is due again. */
  private long pass() {
    long begun = System.nanoTime();
    boolean again = guarded(size::prune);
    long pause = PAUSE * (System.nanoTime() - begun);
    return again ? Math.min(pause, interval.toNanos()) : interval.toNanos();
  }

  private boolean guarded(BooleanSupplier work) {
    try {
      return work.getAsBoolean();
    } catch (Throwable failure) {
      if (!stopped) { // else it is the storage that was closed
        problems.storageFailed(failure);
      }
      return false;
    }
  }
}
