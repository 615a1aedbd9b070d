package io.traceforge.benchmarks;

import java.util.Arrays;
import java.util.stream.IntStream;

/** A figure of one contender, one value for each round. */
final class Samples {
  private final double[] values;

  Samples(double[] values) {
    this.values = values;
  }

  int rounds() {
    return values.length;
  }

  double median() {
    return quantile(0.5);
  }

  /** Returns what each round cost more than another's same round. */
  Samples minus(Samples other) {
    return new Samples(
        IntStream.range(0, values.length)
            .mapToDouble(round -> values[round] - other.values[round])
            .toArray());
  }

  /** Returns half the width of the median's 95 % confidence interval, by order statistics. */
  double medianError() {
    double half = 0.98 / Math.sqrt(values.length);
    return (quantile(Math.min(1, 0.5 + half)) - quantile(Math.max(0, 0.5 - half))) / 2;
  }

  private double quantile(double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double at = share * (sorted.length - 1);
    int below = (int) at;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
  }
}
