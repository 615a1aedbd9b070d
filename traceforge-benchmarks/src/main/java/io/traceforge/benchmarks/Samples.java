package io.traceforge.benchmarks;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Values of one contender, one for each round. */
final class Samples {
  private final double[] values;

  Samples(double[] values) {
    this.values = values;
  }

  double median() {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /** Returns what each round cost more than another's same round. */
  Samples minus(Samples other) {
    return new Samples(
        IntStream.range(0, values.length)
            .mapToDouble(round -> values[round] - other.values[round])
            .toArray());
  }
}
