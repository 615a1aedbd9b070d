package io.traceforge.trace;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Figures for people. */
final class Figures {
  private static final int DIGITS = 3;

  private Figures() {}

  static String time(long millis) {
    if (Math.abs(millis) < 1_000) {
      return millis + " ms";
    }
    if (Math.abs(millis) < 60_000) {
      return String.format(Locale.ROOT, "%.2f s", millis / 1e3);
    }
    return millis / 60_000 + " m " + Math.abs(millis / 1_000 % 60) + " s";
  }

  static String usd(BigDecimal amount) {
    return "$"
        + amount
            .round(new MathContext(DIGITS, RoundingMode.HALF_UP))
            .stripTrailingZeros()
            .toPlainString();
  }

  static String count(long number, String noun) {
    return number + " " + noun + (number == 1 ? "" : "s");
  }

  static String status(Enum<?> status) {
    return status.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
