package io.traceforge.recording;

import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Deletes what is old from time to time, on a thread of its own: it may take long. */
final class Pruner implements Runnable {
  private final Retention retention;
  private final RetentionPolicy policy;
  private final Duration interval;
  private final Problems problems;
  private final Thread thread;
  private volatile boolean stopped;

  Pruner(Retention retention, RetentionPolicy policy, Duration interval, Problems problems) {
    this.retention = retention;
    this.policy = policy;
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

  @Override
  public void run() {
    long next = System.nanoTime() + interval.toNanos();
    while (!stopped) {
      LockSupport.parkNanos(this, next - System.nanoTime());
      Thread.interrupted(); // somebody's interrupt must not make it spin
      if (!stopped && System.nanoTime() - next >= 0) {
        prune();
        next = System.nanoTime() + interval.toNanos();
      }
    }
  }

  private void prune() {
    try {
      retention.prune(policy);
    } catch (Throwable failure) {
      if (!stopped) { // else it is the storage that was closed
        problems.storageFailed(failure);
      }
    }
  }
}
