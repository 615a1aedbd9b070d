package io.traceforge.benchmarks;

import java.util.List;

/**
 * What one JVM found out about one contender.
 *
 * @param title what was measured, with its unit
 * @param value the median
 * @param surplus the median of what it was more than bare, in the same round
 */
record Figure(String title, Contender contender, double value, double surplus) {

  /** Returns this as a line of text, for another process. */
  String line() {
    return title + '\t' + contender.name() + '\t' + value + '\t' + surplus;
  }

  static Figure parse(String line) {
    List<String> parts = List.of(line.split("\t", -1));
    return new Figure(
        parts.get(0),
        Contender.valueOf(parts.get(1)),
        Double.parseDouble(parts.get(2)),
        Double.parseDouble(parts.get(3)));
  }
}
