package io.traceforge.recording;

import java.time.Duration;

/**
 * How long to wait after failures.
 *
 * @param unit the wait after one failure is twice as long, and doubles up to 64 times
 */
record BackOff(Duration unit) {
  private static final int MOST_DOUBLINGS = 6;

  long nanos(int failures) {
    return unit.toNanos() << Math.min(failures, MOST_DOUBLINGS);
  }
}
