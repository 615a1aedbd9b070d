package io.traceforge.recording;

import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * When which part of a body had come. Pieces that come within a millisecond count as one, and after
 * a few thousand no more are kept, so a body of single bytes costs no more than another.
 */
final class ArrivalTimes {
  private static final long RESOLUTION_NANOS = 1_000_000;
  private static final int MAX_MARKS = 4_096;

  private final long startNanos;
  private long[] marks = new long[2];
  private int count;
  private int pieces;

  ArrivalTimes(long startNanos) {
    this.startNanos = startNanos;
  }

  void add(long bytesSoFar) {
    pieces++;
    long elapsed = System.nanoTime() - startNanos;
    if (count > 0 && elapsed - marks[2 * count - 1] < RESOLUTION_NANOS) {
      marks[2 * count - 2] = bytesSoFar;
    } else if (count < MAX_MARKS) {
      marks = 2 * count < marks.length ? marks : Arrays.copyOf(marks, 2 * marks.length);
      marks[2 * count] = bytesSoFar;
      marks[2 * count + 1] = elapsed;
      count++;
    }
  }

  int pieces() {
    return pieces;
  }

  @Nullable Duration first() {
    return count == 0 ? null : Duration.ofNanos(marks[1]);
  }

  /** Returns when the last had come, of what was kept; 0 if nothing has. */
  long lastNanos() {
    return count == 0 ? 0 : marks[2 * count - 1];
  }

  /** Returns when the first so many bytes had come, or null if that was not seen. */
  @Nullable Duration whenReached(long bytes) {
    for (int i = 0; i < count; i++) {
      if (marks[2 * i] >= bytes) {
        return Duration.ofNanos(marks[2 * i + 1]);
      }
    }
    return null;
  }
}
