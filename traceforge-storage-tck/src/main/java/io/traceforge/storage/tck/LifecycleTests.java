package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Closing, and opening again. */
abstract class LifecycleTests extends ContractTests {
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);

  LifecycleTests(StorageBackendContract contract) {
    super(contract);
  }

  @Test
  void closingTwiceIsClosingOnce() {
    storage.close();
    storage.close();
  }

  @Test
  void everyOperationAfterTheCloseIsRefused() {
    save(Samples.full(1).build());
    storage.close();
    Trace trace = Samples.bare(2).build();
    SessionUpdate update = SessionUpdate.ended(Samples.SESSION, Samples.START);
    assertThatIllegalStateException().isThrownBy(() -> storage.saveTrace(trace));
    assertThatIllegalStateException().isThrownBy(() -> storage.saveTraces(List.of()));
    assertThatIllegalStateException().isThrownBy(() -> storage.updateSession(update));
    assertThatIllegalStateException().isThrownBy(() -> storage.getTrace(Samples.id(1)));
    assertThatIllegalStateException().isThrownBy(() -> storage.listTraces(TraceQuery.all()));
    assertThatIllegalStateException()
        .isThrownBy(() -> storage.listTracesBySession(Samples.SESSION));
    assertThatIllegalStateException().isThrownBy(() -> storage.getSessionMetadata(Samples.SESSION));
    assertThatIllegalStateException().isThrownBy(() -> storage.getTimeline(Samples.SESSION));
    assertThatIllegalStateException().isThrownBy(() -> storage.listSessions(SessionQuery.all()));
    assertThatIllegalStateException().isThrownBy(() -> storage.deleteSession(Samples.SESSION));
  }

  @Test
  void searchAndRetentionAreClosedToo() {
    save(Samples.full(1).build());
    var search = storage.search();
    var retention = storage.retention();
    storage.close();
    search.ifPresent(
        of -> {
          SearchQuery query = SearchQuery.of("word");
          assertThatIllegalStateException().isThrownBy(() -> of.search(query));
          assertThatIllegalStateException().isThrownBy(() -> of.count(query));
        });
    RetentionPolicy policy = RetentionPolicy.keepAll().withMaxSessions(0);
    retention.ifPresent(of -> assertThatIllegalStateException().isThrownBy(() -> of.prune(policy)));
  }

  @Test
  void thereIsNothingToMaintainAfterTheClose() {
    save(Samples.full(1).build());
    storage.close();
    try {
      assertThat(storage.maintain()).isFalse();
    } catch (IllegalStateException closed) {
      // Refusing is right as well; the default method, which does nothing, cannot.
    }
  }

  @Test
  void closingWhileOthersReadAndWriteHarmsNobody() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> users = new ArrayList<>();
      for (int user = 0; user < 4; user++) {
        int first = user * 100_000;
        users.add(threads.submit(() -> useUntilClosed(first)));
      }
      long begun = System.nanoTime();
      while (storage.listTracesBySession(Samples.SESSION).size() < 20) {
        assertThat(System.nanoTime() - begun).as("traces come").isLessThan(PATIENCE_NANOS);
        Thread.onSpinWait();
      }
      storage.close();
      for (Future<?> user : users) {
        user.get(30, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private void useUntilClosed(int first) {
    try {
      for (int n = first; !Thread.currentThread().isInterrupted(); n++) {
        save(Samples.success(n, n % 3, n, n + 1).build());
        storage.getSessionMetadata(Samples.SESSION);
      }
    } catch (IllegalStateException closed) {
      assertThat(closed).hasMessageContaining("closed");
    }
  }

  @Test
  void whatWasStoredIsThereAfterOpeningAgain() {
    List<Trace> traces = List.of(Samples.full(1).build(), Samples.failure(2, 8, 0, 1).build());
    storage.saveTraces(traces);
    save(Samples.bare(3).build());
    storage.updateSession(SessionUpdate.lost(Samples.SESSION, Samples.at(9), 4));
    SessionMetadata before = metadata(Samples.SESSION);
    reopen();
    assertThat(storage.listTracesBySession(Samples.SESSION)).isEqualTo(traces);
    assertThat(stored(Samples.id(3))).isEqualTo(Samples.bare(3).build());
    assertThat(metadata(Samples.SESSION)).isEqualTo(before);
    assertThat(storage.listSessions()).containsExactly(before);
  }

  @Test
  void figuresGoOnAfterOpeningAgain() {
    save(Samples.open(1, 0, 0).build());
    reopen();
    save(Samples.success(1, 0, 0, 5).build(), Samples.success(2, 1, 6, 7).build());
    assertThat(metadata(Samples.SESSION).totalTraces()).isEqualTo(2);
    assertThat(metadata(Samples.SESSION).durationMs()).isEqualTo(7);
  }

  private void reopen() {
    storage.close();
    var reopened = contract.reopen(clock);
    Assumptions.assumeTrue(reopened.isPresent(), "this backend forgets what it stored");
    storage = reopened.orElseThrow();
  }
}
