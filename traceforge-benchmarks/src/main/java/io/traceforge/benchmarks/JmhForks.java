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
final class JmhForks {
  private JmhForks() {}

  static List<Figure> run(int forks) throws RunnerException {
    List<Contender> order = new ArrayList<>(List.of(Contender.values()));
    List<Figure> figures = new ArrayList<>();
    Random random = new Random(1);
    for (int fork = 0; fork < forks; fork++) {
      Collections.shuffle(order, random);
      Rounds round = new Rounds();
      for (Contender contender : order) {
        round.add(contender, median(contender));
      }
      figures.addAll(round.figures("A call without network, by JMH: time in µs", 1_000));
    }
    return figures;
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
