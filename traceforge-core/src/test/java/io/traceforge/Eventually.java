package io.traceforge;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for what happens on other threads, and fails the test if it does not happen in time. */
public final class Eventually {
  /** Far more than anything here takes: it bounds a test that would hang. */
  public static final Duration DEADLINE = Duration.ofSeconds(30);

  private Eventually() {}

  /** Waits until a condition holds. */
  public static void waitUntil(String what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > DEADLINE.toNanos()) {
        throw new AssertionError("waited " + DEADLINE + " in vain until " + what);
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }
  }

  /** Waits until a latch is open. */
  public static void await(CountDownLatch latch) {
    waitUntil("the latch opens", () -> latch.getCount() == 0);
  }
}
