package io.traceforge.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.benchmarks.storage.StorageBenchmarks;
import io.traceforge.redaction.Redactor;
import io.traceforge.redaction.RulesAsPatterns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The benchmarks run; their figures are nobody's business here. */
class BenchmarksTest {

  @Test
  void whatIsTakenInPairsRuns() throws IOException {
    List<Figure> figures = new ArrayList<>(PairedBenchmarks.chain(1, 2));
    figures.addAll(PairedBenchmarks.loopback(1, 2));
    figures.addAll(PairedBenchmarks.stream(0, 1, 2));

    assertThat(figures).hasSize(6 * Contender.values().length);
    assertThat(figures.stream().map(Figure::line).map(Figure::parse).toList()).isEqualTo(figures);
    assertThat(Table.of(figures)).hasSize(6).allSatisfy(this::namesEveryContender);
  }

  private void namesEveryContender(Table table) {
    for (Contender contender : Contender.values()) {
      assertThat(table.text()).contains("| " + contender.title() + " |");
    }
  }

  @ParameterizedTest
  @EnumSource
  void theChainRunsInJmh(Contender contender) throws RunnerException {
    OptionsBuilder options = new OptionsBuilder();
    options
        .include(ChainBenchmark.class.getName())
        .param("contender", contender.name())
        .forks(0)
        .warmupIterations(0)
        .measurementIterations(1)
        .verbosity(VerboseMode.SILENT)
        .shouldFailOnError(true);
    assertThat(new Runner(options.build()).run()).hasSize(1);
  }

  @Test
  void theStoragesFiguresCanBeTaken() throws Exception {
    assertThat(StorageBenchmarks.smoke())
        .hasSizeGreaterThanOrEqualTo(StorageBenchmarks.NAMES.size())
        .allSatisfy(table -> assertThat(table).contains("| TraceForge |"));
  }

  @Test
  void bothWaysToRedactFindTheSame() {
    String text = "{\"password\":\"hunter2\",\"says\":\"use ghp_%s please\"}";
    String secret = text.formatted("A1b2C3d4E5".repeat(4));
    String redacted = "{\"password\":\"[REDACTED]\",\"says\":\"use [REDACTED] please\"}";

    assertThat(Redactor.secrets().redact(secret)).isEqualTo(redacted);
    assertThat(RulesAsPatterns.redact(secret)).isEqualTo(redacted);
    RedactionBenchmark benchmark = new RedactionBenchmark();
    assertThat(benchmark.onePass()).isEqualTo(benchmark.regularExpressions()).hasSize(3_900);
  }

  @ParameterizedTest
  @EnumSource
  void everyContenderGivesTheAnswerThrough(Contender contender) throws IOException {
    try (ServerProcess server = new ServerProcess();
        Installed installed = contender.install(ChainEnd.network())) {
      assertThat(Calls.read(installed.calls(), Payloads.chat(server.chat())))
          .isEqualTo(Payloads.RESPONSE.length);
    }
  }
}
