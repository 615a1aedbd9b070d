package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.StorageUnavailableException;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waited for a storage that was down is stored in the order in which it came. */
@Timeout(60)
class StorageOrderTest {
  private static final int CALLS = 60;

  private final ScriptedStorage storage = new ScriptedStorage();
  private final Recorder recorder =
      Recorder.start(storage, RecorderOptions.builder().pollInterval(Duration.ofMillis(1)).build());

  @AfterEach
  void close() {
    recorder.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 9, 12})
  void afterAnOutageThatTheBackendTellsOf(int failures) {
    failAtFirst(failures, new StorageUnavailableException("disk full"));

    assertStoredInOrder(calls());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 8, 9})
  void afterFailuresOfWhichTheBackendTellsNoReason(int failures) {
    failAtFirst(failures, new StorageException("no"));

    assertStoredInOrder(calls());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 30})
  void aroundACallThatTheBackendRefuses(int poisonous) {
    Set<String> refused = ConcurrentHashMap.newKeySet();
    storage.beforeWrite(
        traces -> {
          if (traces.stream().anyMatch(trace -> refused.contains(trace.id()))) {
            throw new StorageException("cannot take this");
          }
        });
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      CallRecording call = recorder.begin(Calls.in("s"));
      if (i == poisonous) {
        refused.add(call.traceId());
      } else {
        ids.add(call.traceId());
      }
      call.cancelled(null);
    }

    assertStoredInOrder(ids);
  }

  @Test
  void whenMuchIsQueuedWhileTheStorageIsDown() {
    storage.beforeWrite(
        traces -> {
          throw new StorageUnavailableException("disk full");
        });
    List<String> ids = new ArrayList<>(calls());
    Eventually.waitUntil("many tries failed", () -> recorder.stats().storageFailures() >= 7);
    ids.addAll(calls());
    Eventually.waitUntil("and more", () -> recorder.stats().storageFailures() >= 12);
    storage.beforeWrite(traces -> {});

    assertStoredInOrder(ids);
  }

  private void failAtFirst(int failures, StorageException failure) {
    AtomicInteger writes = new AtomicInteger();
    storage.beforeWrite(
        traces -> {
          if (writes.incrementAndGet() <= failures) {
            throw failure;
          }
        });
  }

  private List<String> calls() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < CALLS; i++) {
      ids.add(Calls.succeeded(recorder, "s"));
    }
    return ids;
  }

  private void assertStoredInOrder(List<String> ids) {
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    assertThat(storage.saves().stream().flatMap(List::stream).map(Trace::id).distinct())
        .containsExactlyElementsOf(ids);
  }
}
