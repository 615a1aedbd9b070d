package io.traceforge.recording;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How far the writer has come, for those who wait for it. */
final class Progress {
  private final AtomicLong asked = new AtomicLong();
  private long served; // guarded by this
  private boolean finished; // guarded by this

  /** Asks for all that was queued before; returns what to wait for. */
  long ask() {
    return asked.incrementAndGet();
  }

  /** Returns what was asked for last. */
  long asked() {
    return asked.get();
  }

  /** Returns whether somebody has asked for more than was done. */
  synchronized boolean isAwaited() {
    return asked.get() > served;
  }

  /** Tells that what was asked for is done. */
  synchronized void serve(long ticket) {
    served = Math.max(served, ticket);
    notifyAll();
  }

  /** Tells that there will be no more. */
  synchronized void finish() {
    finished = true;
    notifyAll();
  }

  /** Waits for what was asked for; returns whether it was done in time. */
  boolean awaitServed(long ticket, long nanos) {
    return await(ticket, nanos, true);
  }

  /** Waits for the end, on an interrupted thread too; returns whether it came in time. */
  boolean awaitFinished(long nanos) {
    return await(Long.MAX_VALUE, nanos, false);
  }

  private synchronized boolean await(long ticket, long nanos, boolean interruptibly) {
    long deadline = System.nanoTime() + nanos;
    boolean interrupted = false;
    while (!finished && served < ticket && !(interrupted && interruptibly)) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left <= 0) {
        break;
      }
      try {
        wait(left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return finished || served >= ticket;
  }
}
