package io.traceforge;

import com.google.auto.value.AutoValue;
import io.traceforge.pricing.PriceBook;
import io.traceforge.recording.RecorderOptions;
import java.util.function.Supplier;

/** How a {@link TraceForge} was set up. Made by {@link TraceForge#builder()}. */
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

  /** Returns how much the recorder may hold, and for how long. */
  public abstract RecorderOptions recorder();

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
