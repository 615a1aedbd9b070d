package io.traceforge.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.traceforge.benchmarks.storage.StorageBenchmarks;
import java.io.IOException;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.RunnerException;

/** Takes all figures of the README, or those that are named. */
public final class Benchmarks {
  private static final String JMH = "jmh";
  private static final String REDACTION = "redaction";
  private static final int FORKS = 5;

  private Benchmarks() {}

  /** Takes {@code all} or the names of figures. */
  public static void main(String[] args) throws IOException, RunnerException, SQLException {
    PrintStream out = new PrintStream(System.out, true, UTF_8);
    Stream<String> all =
        Stream.of(List.of(REDACTION, JMH), PairedBenchmarks.NAMES, StorageBenchmarks.NAMES)
            .flatMap(List::stream);
    for (String what : List.of(args).contains("all") ? all.toList() : List.of(args)) {
      if (what.equals(REDACTION)) {
        out.println(RedactionBenchmark.table());
        continue;
      }
      if (StorageBenchmarks.NAMES.contains(what)) {
        out.println(StorageBenchmarks.table(what));
        continue;
      }
      List<Figure> figures = what.equals(JMH) ? JmhForks.run(FORKS) : Forks.figures(what, FORKS);
      Table.of(figures).forEach(table -> out.println(table.text()));
    }
  }
}
