package io.traceforge.storage;

import com.google.auto.value.AutoValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much to keep. Each bound that is set must be met; without any, everything is kept.
 *
 * <pre>{@code
 * RetentionPolicy policy =
 *     RetentionPolicy.keepAll().withMaxAge(Duration.ofDays(30)).withMaxBytes(2L << 30);
 * }</pre>
 */
@AutoValue
public abstract class RetentionPolicy {
  RetentionPolicy() {}

  /** Returns a policy that keeps everything. */
  public static RetentionPolicy keepAll() {
    return new AutoValue_RetentionPolicy(null, null, null);
  }

  /**
   * Returns how long after it was last heard of a session is kept, or {@code null}. Last heard of
   * it was at the latest of its calls' starts and ends and of its updates; a session exactly so old
   * is kept. A trace of no session counts from its start.
   */
  public abstract @Nullable Duration maxAge();

  /** Returns how many sessions are kept, or {@code null} for no bound. */
  public abstract @Nullable Long maxSessions();

  /** Returns how many bytes the content may take, or {@code null} for no bound. */
  public abstract @Nullable Long maxBytes();

  /**
   * Returns this policy, keeping sessions only so long after they were last heard of.
   *
   * @throws IllegalArgumentException if the duration is negative
   */
  public final RetentionPolicy withMaxAge(Duration age) {
    if (age.isNegative()) {
      throw new IllegalArgumentException("age: expected 0 or more, got " + age);
    }
    return new AutoValue_RetentionPolicy(age, maxSessions(), maxBytes());
  }

  /**
   * Returns this policy, keeping only so many sessions.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public final RetentionPolicy withMaxSessions(long sessions) {
    requireNotNegative("sessions", sessions);
    return new AutoValue_RetentionPolicy(maxAge(), sessions, maxBytes());
  }

  /**
   * Returns this policy, keeping only so much that the content takes no more bytes than these, as
   * {@link Retention#usedBytes()} tells them. Room that the engine keeps for its own work does not
   * count: deleting does not make that less.
   *
   * @throws IllegalArgumentException if the number is negative
   */
  public final RetentionPolicy withMaxBytes(long bytes) {
    requireNotNegative("bytes", bytes);
    return new AutoValue_RetentionPolicy(maxAge(), maxSessions(), bytes);
  }

  private static void requireNotNegative(String name, long value) {
    if (value < 0) {
      throw new IllegalArgumentException(name + ": expected 0 or more, got " + value);
    }
  }
}
