package io.traceforge.benchmarks.storage;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/**
 * Whether a file that has grown is written as fast as a young one. Speeds are means over the rounds
 * around a moment: what a large file costs may hide in the few rounds in which the WAL is copied.
 */
final class GrowthBenchmark {
  private static final int PARTS_A_CALL = 10;

  private final Path directory;
  private final int rounds;
  private final int callsAtOnce;
  private final long[] plainNanos;
  private final long[] ourNanos;

  GrowthBenchmark(Path directory, int rounds, int callsAtOnce) {
    this.directory = directory;
    this.rounds = rounds;
    this.callsAtOnce = callsAtOnce;
    plainNanos = new long[rounds];
    ourNanos = new long[rounds];
  }

  String run() throws SQLException {
    try (Store plain = new PlainStore(directory.resolve("plain.db"));
        Store ours = new OurStore(directory.resolve("ours.db"))) {
      int round = 0;
      Iterator<List<Exchange>> work =
          Workload.manyParts(rounds, callsAtOnce, 300).rounds().iterator();
      for (; work.hasNext(); round++) {
        List<Exchange> calls = work.next();
        plainNanos[round] = nanos(plain, calls);
        ourNanos[round] = nanos(ours, calls);
      }
    }
    return table();
  }

  private static long nanos(Store store, List<Exchange> calls) {
    long began = System.nanoTime();
    store.store(calls);
    return System.nanoTime() - began;
  }

  private String table() {
    Comparison table = new Comparison("plain");
    int window = Math.max(1, rounds / 20);
    int[] middles = {window, rounds / 4, rounds / 2, rounds * 3 / 4, rounds - window / 2 - 1};
    for (int middle : middles) {
      String what = String.format(Locale.ROOT, "parts a second at %,d parts", parts(middle));
      table.add(what, speed(ourNanos, middle), speed(plainNanos, middle), Aim.NONE);
    }
    // The ratio of this row is that of two ratios; the aim is ours alone.
    int last = middles[middles.length - 1];
    table.add(
        "the last of the first",
        speed(ourNanos, last) / speed(ourNanos, window),
        speed(plainNanos, last) / speed(plainNanos, window),
        Aim.atLeast(0.7));
    return table.text();
  }

  private long parts(int round) {
    return (long) round * callsAtOnce * PARTS_A_CALL;
  }

  private double speed(long[] nanos, int middle) {
    int half = Math.max(1, rounds / 40);
    int from = Math.max(0, middle - half);
    int to = Math.min(rounds, middle + half);
    long sum = 0;
    for (int round = from; round < to; round++) {
      sum += nanos[round];
    }
    return parts(to - from) * 1e9 / sum;
  }
}
