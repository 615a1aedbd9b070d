package io.traceforge.recording;

import com.google.auto.value.AutoValue;
import io.traceforge.redaction.Redactor;
import io.traceforge.storage.RetentionPolicy;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How much a recorder may hold, for how long, and what it takes out. */
@AutoValue
public abstract class RecorderOptions {
  RecorderOptions() {}

  /** Returns a builder with the defaults that each method names. */
  public static Builder builder() {
    return new AutoValue_RecorderOptions.Builder()
        .maxBodyBytes(8 << 20)
        .maxBufferedBytes(defaultBuffer(Runtime.getRuntime().maxMemory()))
        .queueCapacity(10_000)
        .overflowPolicy(OverflowPolicy.DROP_NEWEST)
        .blockTimeout(Duration.ofSeconds(1))
        .closeTimeout(Duration.ofSeconds(5))
        .sessionTimeout(Duration.ofHours(1))
        .shutdownHook(true)
        .redactor(Redactor.secrets())
        .retentionInterval(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50));
  }

  /** A program with little memory needs it for itself. */
  static long defaultBuffer(long maxMemory) {
    return Math.min(64L << 20, maxMemory / 8);
  }

  /** Returns how many bytes of one body are kept; past it, its first and last bytes are. */
  public abstract int maxBodyBytes();

  /** Returns how many bytes all captures in flight and in the queue may hold together. */
  public abstract long maxBufferedBytes();

  /** Returns how many entries the queue to the writer holds at most. */
  public abstract int queueCapacity();

  /** Returns what happens when the queue is full. */
  public abstract OverflowPolicy overflowPolicy();

  /** Returns how long {@link OverflowPolicy#BLOCK} waits for room, before it gives a call up. */
  public abstract Duration blockTimeout();

  /** Returns how long closing takes at most, to store what is pending and to tell what is lost. */
  public abstract Duration closeTimeout();

  /** Returns how long a session may be silent before it counts as over. */
  public abstract Duration sessionTimeout();

  /** Returns whether what is pending is stored when the JVM exits without a close. */
  public abstract boolean shutdownHook();

  /** How often the writer looks for work, and the measure of its waiting after failures. */
  abstract Duration pollInterval();

  /** Returns what is taken out of all that is stored. */
  public abstract Redactor redactor();

  /** Returns how much is kept, or {@code null} to delete nothing. */
  public abstract @Nullable RetentionPolicy retention();

  /**
   * Returns how often it is looked for what is to be deleted; besides, that is done at the start
   * and when the storage passes {@link RetentionPolicy#maxBytes()}.
   */
  public abstract Duration retentionInterval();

  /** Builds {@link RecorderOptions}. */
  @AutoValue.Builder
  public abstract static class Builder {
    private static final Duration SHORTEST = Duration.ofMillis(1);

    /** Far from where sums of times overflow. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    Builder() {}

    /** Sets how many bytes of one body are kept; default 8 MiB. */
    public abstract Builder maxBodyBytes(int bytes);

    /**
     * Sets how many bytes all captures and the queue may hold together; default an eighth of the
     * memory that the JVM may use, but 64 MiB at most.
     */
    public abstract Builder maxBufferedBytes(long bytes);

    /** Sets how many entries the queue holds at most; default 10,000. */
    public abstract Builder queueCapacity(int entries);

    /** Sets what happens when the queue is full; default {@link OverflowPolicy#DROP_NEWEST}. */
    public abstract Builder overflowPolicy(OverflowPolicy policy);

    /** Sets how long {@link OverflowPolicy#BLOCK} waits for room; default 1 s. */
    public abstract Builder blockTimeout(Duration timeout);

    /** Sets how long closing takes at most; default 5 s. */
    public abstract Builder closeTimeout(Duration timeout);

    /** Sets how long a session may be silent before it counts as over; default 1 h. */
    public abstract Builder sessionTimeout(Duration timeout);

    /** Sets whether what is pending is stored when the JVM exits; default true. */
    public abstract Builder shutdownHook(boolean install);

    abstract Builder pollInterval(Duration interval);

    /** Sets what is taken out of all that is stored; default {@link Redactor#secrets()}. */
    public abstract Builder redactor(Redactor redactor);

    /** Sets how much is kept; default {@code null}, which deletes nothing. */
    public abstract Builder retention(@Nullable RetentionPolicy policy);

    /** Sets how often it is looked for what is to be deleted; default 1 min. */
    public abstract Builder retentionInterval(Duration interval);

    abstract RecorderOptions autoBuild();

    /**
     * Returns the options.
     *
     * @throws IllegalArgumentException if a size or count is not positive, or a time is less than a
     *     millisecond or more than 36,500 days
     */
    public final RecorderOptions build() {
      RecorderOptions options = autoBuild();
      requirePositive("maxBodyBytes", options.maxBodyBytes());
      requirePositive("maxBufferedBytes", options.maxBufferedBytes());
      requirePositive("queueCapacity", options.queueCapacity());
      requireTime("blockTimeout", options.blockTimeout());
      requireTime("closeTimeout", options.closeTimeout());
      requireTime("sessionTimeout", options.sessionTimeout());
      requireTime("retentionInterval", options.retentionInterval());
      return options;
    }

    private static void requireTime(String name, Duration value) {
      if (value.compareTo(SHORTEST) < 0 || value.compareTo(LONGEST) > 0) {
        throw new IllegalArgumentException(name + ": expected 1 ms to 36500 days, got " + value);
      }
    }

    private static void requirePositive(String name, long value) {
      if (value <= 0) {
        throw new IllegalArgumentException(name + ": expected more than 0, got " + value);
      }
    }
  }
}
