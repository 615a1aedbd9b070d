package io.traceforge.benchmarks;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A call through a client's interceptors, without network: the time of the caller's thread.
 *
 * <p>Batches of calls, with a pause between them in which queues are emptied: calls made as fast as
 * this loop can would fill any queue, and to drop is cheaper than to record.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 200)
@Measurement(iterations = 100)
public class ChainBenchmark {
  static final int BATCH = 100;

  /** What watches the calls. */
  @Param public Contender contender = Contender.BARE;

  private final Request request =
      Payloads.chat(HttpUrl.get("https://api.openai.com/v1/chat/completions"));
  private @Nullable Installed installed;

  /** Installs the contender. */
  @Setup
  public void install() {
    installed = contender.install(ChainEnd.withoutNetwork());
  }

  /** Empties its queues. */
  @TearDown(Level.Iteration)
  public void settle() {
    Objects.requireNonNull(installed).settle();
  }

  /** Ends it. */
  @TearDown
  public void close() {
    Objects.requireNonNull(installed).close();
  }

  /** Makes calls, one after the other. */
  @Benchmark
  @OperationsPerInvocation(BATCH)
  public void calls(Blackhole blackhole) throws IOException {
    Installed calls = Objects.requireNonNull(installed);
    for (int i = 0; i < BATCH; i++) {
      blackhole.consume(Calls.read(calls.calls(), request));
    }
  }
}
