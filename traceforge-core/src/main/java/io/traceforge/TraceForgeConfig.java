package io.traceforge;

import com.google.auto.value.AutoValue;
import io.traceforge.pricing.PriceBook;
import io.traceforge.recording.OverflowPolicy;
import io.traceforge.recording.RecorderOptions;
import io.traceforge.redaction.Redactor;
import io.traceforge.storage.RetentionPolicy;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link TraceForge} was set up: a value for each setting of {@link TraceForgeBuilder}, the
 * storage aside. Immutable, and safe for use by many threads.
 */
@AutoValue
public abstract class TraceForgeConfig {
  TraceForgeConfig() {}

  static Builder builder() {
    return new AutoValue_TraceForgeConfig.Builder()
        .enabled(true)
        .autoSessionId(true)
        .sessionMaxSteps(Integer.MAX_VALUE)
        .headerPropagation(HeaderPropagation.stateTo())
        .priceSource(PriceBook::standard)
        .recorder(RecorderOptions.builder().build());
  }

  /** Returns whether anything is recorded at all. */
  public abstract boolean enabled();

  /** Returns whether a call that belongs to no session gets a session of its own. */
  public abstract boolean autoSessionId();

  /** Returns how many steps a session may have; {@link Integer#MAX_VALUE} for no limit. */
  public abstract int sessionMaxSteps();

  /** Returns which headers requests carry. */
  public abstract HeaderPropagation headerPropagation();

  /** The standard prices are read when somebody asks for a cost. */
  abstract Supplier<PriceBook> priceSource();

  /** Returns the prices by which costs are computed. */
  public final PriceBook prices() {
    return priceSource().get();
  }

  /** Returns how long a session may be silent before it counts as over. */
  public final Duration sessionTimeout() {
    return recorder().sessionTimeout();
  }

  /** Returns what is taken out of all that is stored. */
  public final Redactor redactor() {
    return recorder().redactor();
  }

  /** Returns how much is kept, or {@code null} if nothing is deleted. */
  public final @Nullable RetentionPolicy retention() {
    return recorder().retention();
  }

  /** Returns how often it is looked for what is to be deleted. */
  public final Duration retentionInterval() {
    return recorder().retentionInterval();
  }

  /** Returns how many bytes of one body are kept; past it, its first and last bytes are. */
  public final int maxBodyBytes() {
    return recorder().maxBodyBytes();
  }

  /** Returns how many bytes all captures and the queue may hold together. */
  public final long maxBufferedBytes() {
    return recorder().maxBufferedBytes();
  }

  /** Returns how many entries may wait to be stored. */
  public final int queueCapacity() {
    return recorder().queueCapacity();
  }

  /** Returns what happens when the queue is full. */
  public final OverflowPolicy overflowPolicy() {
    return recorder().overflowPolicy();
  }

  /** Returns how long {@link OverflowPolicy#BLOCK} waits for room. */
  public final Duration blockTimeout() {
    return recorder().blockTimeout();
  }

  /** Returns how long {@link TraceForge#close} waits for what is pending. */
  public final Duration closeTimeout() {
    return recorder().closeTimeout();
  }

  /** Returns whether what is pending is stored when the JVM exits without a close. */
  public final boolean shutdownHook() {
    return recorder().shutdownHook();
  }

  abstract RecorderOptions recorder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder enabled(boolean enabled);

    abstract Builder autoSessionId(boolean auto);

    abstract Builder sessionMaxSteps(int steps);

    abstract Builder headerPropagation(HeaderPropagation propagation);

    abstract Builder priceSource(Supplier<PriceBook> prices);

    abstract Builder recorder(RecorderOptions options);

    abstract TraceForgeConfig build();
  }
}
