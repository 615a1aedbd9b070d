package io.traceforge.benchmarks.storage;

import java.util.Locale;

/** A table of figures: ours, the same of a baseline in the same run, and what was aimed at. */
final class Comparison {
  private final StringBuilder table;

  Comparison(String baseline) {
    table =
        new StringBuilder("| | TraceForge | ")
            .append(baseline)
            .append(" | ratio | aim | reached |\n| --- | ---: | ---: | ---: | ---: | --- |\n");
  }

  void add(String what, double ours, double baseline, Aim aim) {
    double ratio = ours / baseline;
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %s | %.2f | %s | %s |%n",
            what,
            number(ours),
            number(baseline),
            ratio,
            aim.text(),
            aim.reached(ours, ratio)));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 100 ? "%.2f" : "%,.0f", value);
  }

  String text() {
    return table.toString();
  }
}
