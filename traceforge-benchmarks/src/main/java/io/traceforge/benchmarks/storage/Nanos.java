package io.traceforge.benchmarks.storage;

import java.util.Arrays;

/** How long something took, again and again; told in microseconds. */
final class Nanos {
  private static final double NANOS_A_MICRO = 1_000;

  private long[] values = new long[64];
  private int count;

  void add(long nanos) {
    if (count == values.length) {
      values = Arrays.copyOf(values, 2 * count);
    }
    values[count++] = nanos;
  }

  double median() {
    return micros(0.5);
  }

  double p99() {
    return micros(0.99);
  }

  double max() {
    return micros(1);
  }

  long total() {
    return Arrays.stream(values, 0, count).sum();
  }

  private double micros(double share) {
    long[] sorted = Arrays.copyOf(values, count);
    Arrays.sort(sorted);
    int index = (int) Math.min(count - 1L, Math.round(share * (count - 1)));
    return count == 0 ? Double.NaN : sorted[index] / NANOS_A_MICRO;
  }
}
