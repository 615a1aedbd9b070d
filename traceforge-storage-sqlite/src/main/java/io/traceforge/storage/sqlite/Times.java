package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Times as nanoseconds since 1970, which a 64-bit integer counts from 1677 to 2262. */
final class Times {
  private static final long NANOS = 1_000_000_000L;
  private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private Times() {}

  /**
   * Returns a time to be stored.
   *
   * @throws StorageException if the time is out of range
   */
  static @Nullable Long toNanos(@Nullable Instant time) {
    return time == null ? null : exact(time);
  }

  static long exact(Instant time) {
    try {
      return exactNanos(time);
    } catch (ArithmeticException e) {
      throw new StorageException(
          "the time " + time + " cannot be stored: SQLite storage keeps 1677 to 2262", e);
    }
  }

  /** Adds what is left of a negative second with the sign of the whole, to reach both ends. */
  private static long exactNanos(Instant time) {
    long seconds = time.getEpochSecond();
    return seconds < 0
        ? Math.addExact(Math.multiplyExact(seconds + 1, NANOS), time.getNano() - NANOS)
        : Math.addExact(Math.multiplyExact(seconds, NANOS), time.getNano());
  }

  /** Returns a time to compare stored ones with, as near as the range allows. */
  static long nearest(Instant time) {
    return nearest(time.getEpochSecond(), time.getNano());
  }

  /** Returns a timeout, as near as the range allows: 292 years are as good as forever. */
  static long nearest(Duration duration) {
    return nearest(duration.getSeconds(), duration.getNano());
  }

  private static long nearest(long seconds, int nanos) {
    return BigInteger.valueOf(seconds)
        .multiply(BigInteger.valueOf(NANOS))
        .add(BigInteger.valueOf(nanos))
        .max(MIN)
        .min(MAX)
        .longValueExact();
  }

  /**
   * Returns a duration to be stored.
   *
   * @throws StorageException if the duration is out of range
   */
  static @Nullable Long toNanos(@Nullable Duration duration) {
    try {
      return duration == null ? null : duration.toNanos();
    } catch (ArithmeticException e) {
      throw new StorageException(
          "the duration " + duration + " cannot be stored: SQLite storage keeps up to 292 years",
          e);
    }
  }

  static @Nullable Instant instant(@Nullable Long nanos) {
    return nanos == null ? null : instantOf(nanos);
  }

  static Instant instantOf(long nanos) {
    return Instant.ofEpochSecond(Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
  }

  static @Nullable Duration duration(@Nullable Long nanos) {
    return nanos == null ? null : Duration.ofNanos(nanos);
  }
}
