package io.traceforge.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.traceforge.redaction.Redactor;
import io.traceforge.redaction.RulesAsPatterns;
import java.util.Collection;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** A trace of 4 KB in which there is no secret, as almost all are. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 3)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class RedactionBenchmark {
  private final Redactor redactor = Redactor.secrets();
  private final String text =
      new String(Payloads.REQUEST, UTF_8) + new String(Payloads.RESPONSE, UTF_8);

  /** All rules in one pass. */
  @Benchmark
  public String onePass() {
    return redactor.redact(text);
  }

  /** The same rules one after the other. */
  @Benchmark
  public String regularExpressions() {
    return RulesAsPatterns.redact(text);
  }

  static String table() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(RedactionBenchmark.class.getName())
                    .verbosity(VerboseMode.SILENT)
                    .shouldFailOnError(true)
                    .build())
            .run();
    return results.stream()
        .map(
            result ->
                String.format(
                    Locale.ROOT,
                    "| %s | %.1f |%n",
                    result.getPrimaryResult().getLabel(),
                    result.getPrimaryResult().getScore()))
        .collect(
            Collectors.joining(
                "", "4 KB without a secret, in µs\n\n| | mean |\n| --- | ---: |\n", "\n"));
  }
}
