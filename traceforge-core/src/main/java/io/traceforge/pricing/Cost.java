package io.traceforge.pricing;

import com.google.auto.value.AutoValue;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one trace or several cost: the part that is known, and how many traces it leaves out. Equal
 * amounts are {@code equals}, however they are written. Immutable, and safe for use by many
 * threads.
 */
@AutoValue
public abstract class Cost {
  /** The cost of nothing. */
  public static final Cost ZERO = of(BigDecimal.ZERO);

  Cost() {}

  static Cost of(BigDecimal knownUsd, int unknownTraces, List<String> unknownReasons) {
    if (knownUsd.signum() < 0) {
      throw new IllegalArgumentException("knownUsd: expected 0 or more, got " + knownUsd);
    }
    BigDecimal stripped = knownUsd.stripTrailingZeros();
    return new AutoValue_Cost(
        stripped.scale() < 0 ? stripped.setScale(0) : stripped,
        unknownTraces,
        List.copyOf(unknownReasons));
  }

  static Cost of(BigDecimal usd) {
    return of(usd, 0, List.of());
  }

  static Cost unknown(String reason) {
    return of(BigDecimal.ZERO, 1, List.of(reason));
  }

  /** Returns the cost of all traces whose cost is known, in US dollars, exact. */
  public abstract BigDecimal knownUsd();

  /** Returns how many traces have a cost that is not known. */
  public abstract int unknownTraces();

  /** Returns why, each reason once, for people to read. */
  public abstract List<String> unknownReasons();

  /** Returns whether the cost of every trace is known. */
  public final boolean isKnown() {
    return unknownTraces() == 0;
  }

  /** Returns the whole cost in US dollars, or empty if a part of it is not known. */
  public final Optional<BigDecimal> usd() {
    return isKnown() ? Optional.of(knownUsd()) : Optional.empty();
  }

  /** Returns the sum. */
  public final Cost plus(Cost other) {
    Set<String> reasons = new LinkedHashSet<>(unknownReasons());
    reasons.addAll(other.unknownReasons());
    return of(
        knownUsd().add(other.knownUsd()),
        unknownTraces() + other.unknownTraces(),
        List.copyOf(reasons));
  }

  /** Returns the cost for people, such as {@code 0.0125 USD and 2 traces of unknown cost}. */
  @Override
  public final String toString() {
    String known = knownUsd().toPlainString() + " USD";
    return switch (unknownTraces()) {
      case 0 -> known;
      case 1 -> known + " and 1 trace of unknown cost";
      default -> known + " and " + unknownTraces() + " traces of unknown cost";
    };
  }
}
