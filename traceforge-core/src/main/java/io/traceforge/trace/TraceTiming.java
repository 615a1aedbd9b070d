package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When things happened in a call, as time elapsed since its start. Measured by a monotonic clock,
 * so never negative; {@code null} for what did not happen or was not seen.
 */
@AutoValue
public abstract class TraceTiming {
  private static final TraceTiming NONE = builder().build();

  TraceTiming() {}

  /** Returns a timing in which nothing has happened. */
  public static TraceTiming none() {
    return NONE;
  }

  /** Returns a builder in which nothing has happened. */
  public static Builder builder() {
    return new AutoValue_TraceTiming.Builder().chunkCount(0);
  }

  /** Returns the time to the response's headers. */
  public abstract @Nullable Duration toHeaders();

  /** Returns the time to the first byte of the response's body. */
  public abstract @Nullable Duration toFirstByte();

  /** Returns the time to the first chunk of a stream that carried content. */
  public abstract @Nullable Duration toFirstToken();

  /** Returns the time to the end of the call. */
  public abstract @Nullable Duration total();

  /** Returns in how many pieces the caller received the response's body. */
  public abstract int chunkCount();

  /** Builds a {@link TraceTiming}. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Sets the time to the response's headers. */
    public abstract Builder toHeaders(@Nullable Duration elapsed);

    /** Sets the time to the first byte of the response's body. */
    public abstract Builder toFirstByte(@Nullable Duration elapsed);

    /** Sets the time to the first chunk that carried content. */
    public abstract Builder toFirstToken(@Nullable Duration elapsed);

    /** Sets the time to the end of the call. */
    public abstract Builder total(@Nullable Duration elapsed);

    /** Sets in how many pieces the caller received the response's body. */
    public abstract Builder chunkCount(int count);

    /** Returns the timing. */
    public abstract TraceTiming build();
  }
}
