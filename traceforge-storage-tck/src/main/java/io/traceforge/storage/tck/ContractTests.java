package io.traceforge.storage.tck;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the groups of tests share: a fresh backend with a clock that stands still. */
abstract class ContractTests {
  final StorageBackendContract contract;
  final SettableClock clock = new SettableClock(Samples.START);
  StorageBackend storage;

  ContractTests(StorageBackendContract contract) {
    this.contract = contract;
  }

  @BeforeEach
  final void openStorage() {
    storage = contract.open(clock);
  }

  @AfterEach
  final void closeStorage() {
    storage.close();
  }

  final void save(Trace... traces) {
    storage.saveTraces(Arrays.asList(traces));
  }

  final Trace stored(String traceId) {
    return storage.getTrace(traceId).orElseThrow();
  }

  final SessionMetadata metadata(String sessionId) {
    return storage.getSessionMetadata(sessionId).orElseThrow();
  }

  static List<String> ids(List<Trace> traces) {
    return traces.stream().map(Trace::id).toList();
  }
}
