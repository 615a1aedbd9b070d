package io.traceforge.storage.tck;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Makes races wide, so that a backend that has one loses it. */
final class Races {
  private static final Duration LONG_ENOUGH = Duration.ofMillis(20);

  private Races() {}

  /** Lets other threads run until they have done something, or have had their chance. */
  static void giveTimeUntil(BooleanSupplier done) {
    giveTimeUntil(done, LONG_ENOUGH);
  }

  /** The same, with a chance of another length. */
  static void giveTimeUntil(BooleanSupplier done, Duration atMost) {
    long begun = System.nanoTime();
    while (!done.getAsBoolean() && System.nanoTime() - begun < atMost.toNanos()) {
      Thread.onSpinWait();
    }
  }
}
