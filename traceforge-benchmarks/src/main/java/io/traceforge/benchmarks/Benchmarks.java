package io.traceforge.benchmarks;

import java.io.IOException;
import java.util.List;
import org.openjdk.jmh.runner.RunnerException;

/** Takes all figures of the README, or those that are named. */
public final class Benchmarks {
  private static final List<String> ALL = List.of("jmh", "chain", "loopback", "stream", "paced");

  private Benchmarks() {}

  /** Takes {@code all} or the names of figures. */
  public static void main(String[] args) throws IOException, RunnerException {
    for (String what : List.of(args).contains("all") ? ALL : List.of(args)) {
      System.out.println(figures(what));
    }
  }

  private static String figures(String what) throws IOException, RunnerException {
    return switch (what) {
      case "jmh" -> ChainRounds.run(5);
      case "chain" -> PairedBenchmarks.chain(1_000, 2_000);
      case "loopback" -> PairedBenchmarks.loopback(4_000, 10_000);
      case "stream" -> PairedBenchmarks.stream(0, 500, 1_000);
      case "paced" -> PairedBenchmarks.stream(1_000_000, 10, 50);
      default -> throw new IllegalArgumentException("no such benchmark: " + what);
    };
  }
}
