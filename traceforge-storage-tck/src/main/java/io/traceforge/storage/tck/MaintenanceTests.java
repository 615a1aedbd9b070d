package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What can wait is done in the end, and nobody can tell. */
abstract class MaintenanceTests extends ContractTests {
  /** More than any backend needs for what a test stores: one that never ends fails. */
  private static final int MANY = 10_000;

  MaintenanceTests(StorageBackendContract contract) {
    super(contract);
  }

  private static List<Trace> traces(int first, int count) {
    return IntStream.range(first, first + count)
        .mapToObj(n -> SearchingTests.says(Samples.SESSION, n, "answer " + n, "question " + n))
        .map(Trace.Builder::build)
        .toList();
  }

  private void maintainToTheEnd() {
    int rounds = 0;
    while (storage.maintain()) {
      assertThat(rounds++).as("there is always more to do").isLessThan(MANY);
    }
  }

  @Test
  void comesToAnEnd() {
    maintainToTheEnd();
    storage.saveTraces(traces(1, 300));
    maintainToTheEnd();
    assertThat(storage.maintain()).isFalse();
  }

  @Test
  void changesNothing() {
    List<Trace> traces = traces(1, 300);
    storage.saveTraces(traces);
    SessionMetadata before = metadata(Samples.SESSION);
    maintainToTheEnd();
    assertThat(metadata(Samples.SESSION)).isEqualTo(before);
    assertThat(storage.listSessions()).containsExactly(before);
    assertThat(storage.listTracesBySession(Samples.SESSION)).isEqualTo(traces);
  }

  @Test
  void othersMayReadAndWriteMeanwhile() throws Exception {
    AtomicBoolean written = new AtomicBoolean();
    together(
        List.of(
            () -> {
              try {
                for (int first = 1; first < 300; first += 10) {
                  List<Trace> batch = traces(first, 10);
                  storage.saveTraces(batch);
                  assertThat(stored(batch.get(9).id())).isEqualTo(batch.get(9));
                }
              } finally {
                written.set(true);
              }
              return null;
            },
            () -> {
              while (!written.get()) {
                storage.maintain();
              }
              return null;
            }));
    maintainToTheEnd();
    assertThat(storage.listTraces(TraceQuery.all().withLimit(1_000)).items())
        .isEqualTo(traces(1, 300));
  }
}
