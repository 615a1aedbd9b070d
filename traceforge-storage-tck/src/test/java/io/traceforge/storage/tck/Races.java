package io.traceforge.storage.tck;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Makes races wide, so that a backend that has one loses it. */
final class Races {
  private static final Duration LONG_ENOUGH = Duration.ofMillis(5);

  private Races() {}

  /** Lets other threads run until they have done something, or have had their chance. */
  static void giveTimeUntil(BooleanSupplier done) {
    long begun = System.nanoTime();
    while (!done.getAsBoolean() && System.nanoTime() - begun < LONG_ENOUGH.toNanos()) {
      Thread.onSpinWait();
    }
  }
}
