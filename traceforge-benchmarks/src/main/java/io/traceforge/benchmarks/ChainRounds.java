package io.traceforge.benchmarks;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs JMH several times over, a JVM for each contender each time, in random order. */
final class ChainRounds {
  private ChainRounds() {}

  static String run(int rounds) throws RunnerException {
    List<Contender> order = new ArrayList<>(List.of(Contender.values()));
    Table table = new Table();
    Random random = new Random(1);
    for (int round = 0; round < rounds; round++) {
      Collections.shuffle(order, random);
      for (Contender contender : order) {
        table.add(contender, median(contender));
      }
    }
    return table.text("A call without network, by JMH", "µs", 1_000);
  }

  private static double median(Contender contender) throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(ChainBenchmark.class.getName())
                    .param("contender", contender.name())
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();
    return results.iterator().next().getPrimaryResult().getStatistics().getPercentile(50);
  }
}
