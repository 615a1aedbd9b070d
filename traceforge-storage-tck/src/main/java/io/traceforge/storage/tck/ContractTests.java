package io.traceforge.storage.tck;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the groups of tests share: a fresh backend with a clock that stands still. */
abstract class ContractTests {
  private static final int LONGEST_SHOWN = 80;

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
    return read("getTrace(" + shown(traceId) + ")", () -> storage.getTrace(traceId));
  }

  /** Reads a trace that was saved. */
  final Trace stored(Trace saved) {
    TraceBody body = saved.request().body();
    return read(
        "getTrace(%s), saved with the state %s and the request body %s"
            .formatted(
                shown(saved.id()),
                shown(saved.stateJson()),
                body == null ? "null" : shown(body.text())),
        () -> storage.getTrace(saved.id()));
  }

  final SessionMetadata metadata(String sessionId) {
    return read(
        "getSessionMetadata(" + shown(sessionId) + ")",
        () -> storage.getSessionMetadata(sessionId));
  }

  /** A backend's own exception does not tell what it was asked for. */
  private static <T> T read(String asked, Supplier<Optional<T>> read) {
    Optional<T> found;
    try {
      found = read.get();
    } catch (RuntimeException failure) {
      throw new AssertionError(asked + " throws", failure);
    }
    return found.orElseThrow(
        () -> new AssertionError(asked + " finds nothing, though it was stored, and not deleted"));
  }

  private static String shown(String text) {
    String line = text.replaceAll("\\p{Cntrl}", "?");
    return line.length() <= LONGEST_SHOWN
        ? '"' + line + '"'
        : '"' + line.substring(0, LONGEST_SHOWN) + "…\" of " + text.length() + " characters";
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
