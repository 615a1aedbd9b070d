package io.traceforge.benchmarks.storage;

import java.util.Locale;
import java.util.function.DoubleBinaryOperator;

/** What a figure should be. */
final class Aim {
  /** A figure that is told for its own sake. */
  static final Aim NONE = new Aim("", (value, ratio) -> 0);

  private final String text;
  private final DoubleBinaryOperator excess;

  private Aim(String text, DoubleBinaryOperator excess) {
    this.text = text;
    this.excess = excess;
  }

  static Aim ratioAtMost(double limit) {
    return new Aim(text("≤ %s ×", limit), (value, ratio) -> ratio - limit);
  }

  static Aim ratioAtLeast(double limit) {
    return new Aim(text("≥ %s ×", limit), (value, ratio) -> limit - ratio);
  }

  static Aim atMost(double limit) {
    return new Aim(text("≤ %s", limit), (value, ratio) -> value - limit);
  }

  static Aim atLeast(double limit) {
    return new Aim(text("≥ %s", limit), (value, ratio) -> limit - value);
  }

  private static String text(String format, double limit) {
    String number =
        limit == Math.rint(limit)
            ? String.format(Locale.ROOT, "%,.0f", limit)
            : String.valueOf(limit);
    return String.format(Locale.ROOT, format, number);
  }

  String text() {
    return text;
  }

  /** Returns {@code yes} or {@code no}, or nothing if there is no aim. */
  String reached(double value, double ratio) {
    if (text.isEmpty()) {
      return "";
    }
    return excess.applyAsDouble(value, ratio) <= 0 ? "yes" : "no";
  }
}
