package io.traceforge.pricing;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one trace or several cost: the part that is known, and how many traces it leaves out.
 *
 * @param knownUsd the cost of all traces whose cost is known, in US dollars, exact
 * @param unknownTraces how many traces have a cost that is not known
 * @param unknownReasons why, each reason once
 */
public record Cost(BigDecimal knownUsd, int unknownTraces, List<String> unknownReasons) {
  /** The cost of nothing. */
  public static final Cost ZERO = of(BigDecimal.ZERO);

  /**
   * Copies the list, and takes trailing zeros off the amount: equal costs are {@code equals}.
   *
   * @throws IllegalArgumentException if a number is negative
   */
  public Cost {
    if (knownUsd.signum() < 0) {
      throw new IllegalArgumentException("knownUsd: expected 0 or more, got " + knownUsd);
    }
    if (unknownTraces < 0) {
      throw new IllegalArgumentException("unknownTraces: expected 0 or more, got " + unknownTraces);
    }
    BigDecimal stripped = knownUsd.stripTrailingZeros();
    knownUsd = stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    unknownReasons = List.copyOf(unknownReasons);
  }

  static Cost of(BigDecimal usd) {
    return new Cost(usd, 0, List.of());
  }

  static Cost unknown(String reason) {
    return new Cost(BigDecimal.ZERO, 1, List.of(reason));
  }

  /** Returns whether the cost of every trace is known. */
  public boolean isKnown() {
    return unknownTraces == 0;
  }

  /** Returns the whole cost in US dollars, or empty if a part of it is not known. */
  public Optional<BigDecimal> usd() {
    return isKnown() ? Optional.of(knownUsd) : Optional.empty();
  }

  /** Returns the sum. */
  public Cost plus(Cost other) {
    Set<String> reasons = new LinkedHashSet<>(unknownReasons);
    reasons.addAll(other.unknownReasons);
    return new Cost(
        knownUsd.add(other.knownUsd),
        unknownTraces + other.unknownTraces,
        new ArrayList<>(reasons));
  }

  /** Returns the cost for people, such as {@code 0.0125 USD and 2 traces of unknown cost}. */
  @Override
  public String toString() {
    String known = knownUsd.toPlainString() + " USD";
    return switch (unknownTraces) {
      case 0 -> known;
      case 1 -> known + " and 1 trace of unknown cost";
      default -> known + " and " + unknownTraces + " traces of unknown cost";
    };
  }
}
