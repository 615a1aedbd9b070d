package io.traceforge.trace;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * Tells what traces cost. {@code io.traceforge.pricing.PriceBook} does; this package knows nothing
 * of prices.
 */
@FunctionalInterface
public interface TraceCosts {

  /** Returns what a trace cost in US dollars, or {@code null} if that is not known. */
  @Nullable BigDecimal usdOf(Trace trace);
}
