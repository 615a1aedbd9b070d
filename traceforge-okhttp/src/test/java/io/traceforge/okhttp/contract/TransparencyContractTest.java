package io.traceforge.okhttp.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.TraceForge;
import io.traceforge.okhttp.contract.Run.Variant;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The caller cannot tell that he is recorded: each exchange runs with a bare client and with
 * clients of ours, and caller and server see the same. What is recorded is true besides.
 */
@Timeout(60)
class TransparencyContractTest {
  @TempDir Path folder;

  static Stream<Exchange> exchanges() {
    return Stream.of(
            PlainExchanges.all(),
            StreamExchanges.all(),
            RedirectExchanges.all(),
            RetryExchanges.all(),
            EarlyEndExchanges.all(),
            FailureExchanges.all(),
            CancelExchanges.all(),
            RequestBodyExchanges.all(),
            InterceptorExchanges.all(),
            CacheExchanges.all(),
            UpgradeExchanges.all(),
            Http2Exchanges.all(),
            Http2TeardownExchanges.all(),
            LargeExchanges.all(),
            ProxyExchanges.all(),
            WriteTimeoutExchanges.all(),
            QuestionExchanges.all())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("exchanges")
  void isTheSameWithAndWithoutUs(Exchange exchange) throws Exception {
    List<String> bare = observe(exchange, Variant.BARE, null);
    for (Variant variant : List.of(Variant.INSTRUMENTED, Variant.ONE_INTERCEPTOR)) {
      try (TraceForge traceForge = TraceForge.open("memory:")) {
        List<String> seen = observe(exchange, variant, traceForge);
        assertThat(Difference.between(bare, seen)).as("%s %s", exchange, variant).isEmpty();
        assertRecorded(exchange, exchange.recordedBy(variant), traceForge);
      }
    }
  }

  private List<String> observe(Exchange exchange, Variant variant, TraceForge traceForge)
      throws Exception {
    File own = folder.resolve(variant.name()).toFile();
    return new Run(exchange, variant, traceForge, own).observe();
  }

  private static void assertRecorded(
      Exchange exchange, List<Recorded> expected, TraceForge traceForge) throws Exception {
    assertThat(traceForge.stats().internalErrors()).as("internal errors").isZero();
    if (!exchange.recordedAtAll) {
      return;
    }
    if (exchange.collected) {
      awaitCollection(traceForge);
    }
    List<Trace> traces = traces(traceForge);
    assertThat(traces).as("traces").hasSameSizeAs(expected);
    for (int i = 0; i < traces.size(); i++) {
      expected.get(i).check(traces.get(i));
    }
    assertThat(traceForge.stats().bufferedBytes()).as("bytes kept back").isZero();
  }

  private static void awaitCollection(TraceForge traceForge) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!traces(traceForge).get(0).status().isFinal() && System.nanoTime() < deadline) {
      System.gc();
    }
  }

  private static List<Trace> traces(TraceForge traceForge) {
    // A read of the storage waits for some seconds only: 20 MB may take longer on a busy machine.
    assertThat(traceForge.flush(Duration.ofMinutes(1))).isTrue();
    return traceForge.storage().listTraces(TraceQuery.all()).items().stream()
        .filter(trace -> !trace.request().url().endsWith(ContractServer.FOLLOW_UP))
        .sorted(Comparator.comparingInt(Trace::callNumber))
        .toList();
  }
}
