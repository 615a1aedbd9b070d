package io.traceforge.pricing;

import io.traceforge.trace.TokenUsage;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Multiplies tokens and prices. What is missing where it matters makes the cost unknown. */
final class Bill {
  private static final int MILLION = 6;

  private BigDecimal usd = BigDecimal.ZERO;

  /** The first thing that is missing. */
  private @Nullable String missing;

  private Bill() {}

  /**
   * Returns the cost of a call.
   *
   * @param inputOnly whether the call has no output that could cost
   */
  static Cost of(TokenUsage usage, Price price, boolean inputOnly) {
    Long input = usage.inputTokens();
    if (input == null) {
      return Cost.unknown("the provider did not tell the input tokens");
    }
    Bill bill = new Bill();
    Price valid = price.forInput(input);
    bill.addInput(input, usage, valid);
    if (bill.missing == null) {
      bill.addOutput(usage, valid, inputOnly);
    }
    return bill.missing == null ? Cost.of(bill.usd) : Cost.unknown(bill.missing);
  }

  private void addInput(long input, TokenUsage usage, Price price) {
    long cached = orZero(usage.cachedInputTokens());
    long written = orZero(usage.cacheWriteTokens());
    add(input - cached - written, price.input(), "input");
    add(cached, price.cachedInput(), "cached input");
    add(written, price.cacheWrite(), "cache writes");
  }

  private void addOutput(TokenUsage usage, Price price, boolean inputOnly) {
    Long output = usage.outputTokens();
    Long reasoning = usage.reasoningTokens();
    if (output == null) {
      if (!inputOnly && price.output() != null) {
        missing = "the provider did not tell the output tokens";
      }
    } else if (price.reasoning() == null) {
      add(output, price.output(), "output");
    } else if (reasoning == null) {
      missing = "the provider did not tell the reasoning tokens, which have a price of their own";
    } else {
      add(output - reasoning, price.output(), "output");
      add(reasoning, price.reasoning(), "reasoning");
    }
  }

  private void add(long tokens, @Nullable BigDecimal perMillion, String kind) {
    if (missing != null) {
      return;
    }
    if (tokens < 0) {
      missing = "the provider's token counts contradict each other";
    } else if (tokens > 0 && perMillion == null) {
      missing = "no price is known for " + kind;
    } else if (tokens > 0 && perMillion != null) {
      usd = usd.add(perMillion.multiply(BigDecimal.valueOf(tokens)).movePointLeft(MILLION));
    }
  }

  /** A provider that tells no count of these has none to tell. */
  private static long orZero(@Nullable Long count) {
    return count == null ? 0 : count;
  }
}
