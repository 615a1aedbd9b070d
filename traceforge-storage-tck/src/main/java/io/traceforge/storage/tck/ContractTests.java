package io.traceforge.storage.tck;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
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

  /** Runs tasks at the same time. Fails with the first exception among them. */
  static void together(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
    try {
      for (Future<Void> done : threads.invokeAll(tasks, 60, TimeUnit.SECONDS)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }
}
