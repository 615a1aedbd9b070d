package io.traceforge.recording;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * By when somebody who waits for the writer goes away. The last part of the time is kept back: what
 * could not be stored by then is told in it.
 *
 * @param end the moment, by {@link System#nanoTime}
 * @param reserve how many nanoseconds are kept back
 */
record Deadline(long end, long reserve) {
  private static final long LONGEST_RESERVE = 1_000_000_000;
  private static final int RESERVED_PART = 4;

  static Deadline after(Duration timeout) {
    long nanos = TimeUnit.NANOSECONDS.convert(timeout);
    return new Deadline(
        System.nanoTime() + nanos, Math.min(LONGEST_RESERVE, nanos / RESERVED_PART));
  }

  /** Returns whether there is no time left but to tell what is lost. */
  boolean isNear() {
    return left() <= reserve;
  }

  /** Returns whether there is no time left for that either: the storage is still to be closed. */
  boolean isOver() {
    return left() <= reserve / 2;
  }

  /** Returns how long to wait between two tries, so that there are some in the time left. */
  long shortPause(long usual) {
    return Math.min(usual, reserve / RESERVED_PART);
  }

  /** Returns how many nanoseconds there are to the end. */
  long left() {
    return end - System.nanoTime();
  }
}
