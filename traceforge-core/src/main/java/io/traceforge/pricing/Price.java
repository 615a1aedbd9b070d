package io.traceforge.pricing;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a model's tokens cost, in US dollars for a million of them. A kind of token whose price is
 * not set has no known price; it is not free. Reasoning alone then counts as output; input that was
 * read from a cache or written to one never counts as other input.
 */
@AutoValue
public abstract class Price {
  Price() {}

  /** Returns a builder with no price known. */
  public static Builder builder() {
    return new AutoValue_Price.Builder().tiers(new TreeMap<>());
  }

  /**
   * Returns a price for input and output, reasoning included. It knows none for input that was read
   * from a cache or written to one, so the cost of a call with such tokens is unknown: where the
   * provider caches prompts, set those prices with {@link #builder()}.
   *
   * @param input dollars for a million input tokens, such as {@code "2.50"}
   * @param output dollars for a million output tokens
   * @throws NumberFormatException if one is no number
   * @throws IllegalArgumentException if one is negative
   */
  public static Price of(String input, String output) {
    return builder().input(new BigDecimal(input)).output(new BigDecimal(output)).build();
  }

  /** Returns the price of input tokens that were neither read from a cache nor written to one. */
  public abstract @Nullable BigDecimal input();

  /** Returns the price of output tokens. */
  public abstract @Nullable BigDecimal output();

  /**
   * Returns the price of input tokens that were read from the provider's cache. Without one, the
   * cost of a call that has such tokens is unknown.
   */
  public abstract @Nullable BigDecimal cachedInput();

  /**
   * Returns the price of input tokens that were written to the provider's cache. Without one, the
   * cost of a call that has such tokens is unknown.
   */
  public abstract @Nullable BigDecimal cacheWrite();

  /** Returns the price of output tokens spent on reasoning, if it is not the one of all output. */
  public abstract @Nullable BigDecimal reasoning();

  /**
   * Returns the prices of longer calls: that of the highest key which the call's input tokens
   * exceed holds for the whole call, input and output.
   */
  public abstract SortedMap<Long, Price> tiers();

  /** Returns the price for a call with that many input tokens. */
  final Price forInput(long inputTokens) {
    SortedMap<Long, Price> exceeded = tiers().headMap(inputTokens);
    return exceeded.isEmpty() ? this : tiers().getOrDefault(exceeded.lastKey(), this);
  }

  /** Builds a {@link Price}. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Sets the price of input tokens. */
    public abstract Builder input(@Nullable BigDecimal usd);

    /** Sets the price of output tokens. */
    public abstract Builder output(@Nullable BigDecimal usd);

    /** Sets the price of input tokens that were read from a cache. */
    public abstract Builder cachedInput(@Nullable BigDecimal usd);

    /** Sets the price of input tokens that were written to a cache. */
    public abstract Builder cacheWrite(@Nullable BigDecimal usd);

    /** Sets the price of reasoning, if it is not the one of all output. */
    public abstract Builder reasoning(@Nullable BigDecimal usd);

    abstract Builder tiers(SortedMap<Long, Price> tiers);

    abstract SortedMap<Long, Price> tiers();

    /**
     * Sets the price that holds for the whole call if it has more input tokens than {@code tokens}.
     *
     * @throws IllegalArgumentException if the number is negative, or the price has tiers itself
     */
    public final Builder above(long tokens, Price price) {
      if (tokens < 0 || !price.tiers().isEmpty()) {
        throw new IllegalArgumentException(
            tokens < 0
                ? "tokens: expected 0 or more, got " + tokens
                : "price: expected one without tiers of its own, got " + price);
      }
      tiers().put(tokens, price);
      return this;
    }

    abstract Price autoBuild();

    /**
     * Returns the price.
     *
     * @throws IllegalArgumentException if a price is negative
     */
    public final Price build() {
      tiers(Collections.unmodifiableSortedMap(new TreeMap<>(tiers())));
      Price price = autoBuild();
      tiers(new TreeMap<>(price.tiers()));
      refuseNegative("input", price.input());
      refuseNegative("output", price.output());
      refuseNegative("cachedInput", price.cachedInput());
      refuseNegative("cacheWrite", price.cacheWrite());
      refuseNegative("reasoning", price.reasoning());
      return price;
    }

    private static void refuseNegative(String kind, @Nullable BigDecimal usd) {
      if (usd != null && usd.signum() < 0) {
        throw new IllegalArgumentException(kind + ": expected 0 or more, got " + usd);
      }
    }
  }
}
