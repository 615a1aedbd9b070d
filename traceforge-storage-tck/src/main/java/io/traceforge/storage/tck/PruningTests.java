package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.PruneResult;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.TraceQuery;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What a pruning does: whole sessions go, the others do not feel it, and writing goes on. */
abstract class PruningTests extends ForgettingTests {
  private static final RetentionPolicy FIVE_DAYS = ALL.withMaxAge(Duration.ofDays(5));
  private static final int OLD = 200;

  PruningTests(StorageBackendContract contract) {
    super(contract);
  }

  @Test
  void sessionsGoWhole() {
    List<Trace> gone = saveSession(9);
    prune(FIVE_DAYS);
    for (Trace trace : gone) {
      assertThat(storage.getTrace(trace.id())).isEmpty();
    }
    assertThat(storage.listTracesBySession("day-9")).isEmpty();
    assertThat(storage.getSessionMetadata("day-9")).isEmpty();
    assertThat(storage.getTimeline("day-9")).isEmpty();
  }

  @Test
  void orStayWhole() {
    List<Trace> old = saveSession(9);
    Trace late = Samples.success(1, 9, 0, 1).sessionId("day-9").startTime(daysAgo(1)).build();
    save(late);
    assertThat(prune(FIVE_DAYS)).isEqualTo(deleted(0, 0));
    assertThat(storage.listTracesBySession("day-9")).containsAll(old).contains(late).hasSize(4);
    assertThat(metadata("day-9").totalTraces()).isEqualTo(4);
  }

  @Test
  void theOthersAreAsBefore() {
    saveSession(9);
    List<Trace> kept = saveSession(2);
    // The same request as in a session that goes, and a failure besides.
    Trace shared = saveSession(8).get(0);
    save(Samples.failure(1, 9, 0, 7).sessionId("day-2").request(shared.request()).build());
    SessionMetadata before = metadata("day-2");
    assertThat(prune(ALL.withMaxSessions(1))).isEqualTo(deleted(2, 2 * STEPS));
    assertThat(metadata("day-2")).isEqualTo(before);
    assertThat(storage.listSessions()).containsExactly(before);
    assertThat(storage.listTracesBySession("day-2")).startsWith(kept.toArray(new Trace[0]));
    assertThat(stored(Samples.id(1)).request()).isEqualTo(shared.request());
  }

  @Test
  void thereIsNothingToDoTheSecondTime() {
    saveSession(9);
    saveSession(2);
    assertThat(prune(FIVE_DAYS)).isEqualTo(deleted(1, STEPS));
    assertThat(prune(FIVE_DAYS)).isEqualTo(deleted(0, 0));
    assertThat(sessions()).containsExactly("day-2");
  }

  @Test
  void whatWentMayComeAgain() {
    List<Trace> traces = saveSession(9);
    SessionMetadata before = metadata("day-9");
    prune(FIVE_DAYS);
    storage.saveTraces(traces);
    assertThat(metadata("day-9")).isEqualTo(before);
    assertThat(storage.listTracesBySession("day-9")).isEqualTo(traces);
  }

  @Test
  void whatWentIsNotFound() {
    var found = storage.search();
    Assumptions.assumeTrue(found.isPresent(), "this backend has no search");
    TraceSearch search = found.orElseThrow();
    Trace.Builder old = SearchingTests.says("old", 1, "ok", "an old question");
    save(old.startTime(daysAgo(9)).build());
    save(SearchingTests.says("new", 2, "ok", "a question").startTime(daysAgo(1)).build());
    assertThat(search.count(SearchQuery.of("question"))).isEqualTo(2);
    prune(FIVE_DAYS);
    assertThat(search.count(SearchQuery.of("question"))).isEqualTo(1);
    assertThat(search.search(SearchQuery.of("old")).items()).isEmpty();
  }

  private static List<Trace> newSession(int n) {
    return session("new-" + n, 10_000 + 10 * n, daysAgo(1), 100);
  }

  @Test
  void writingGoesOnMeanwhile() throws Exception {
    for (int n = 0; n < OLD; n++) {
      storage.saveTraces(session("old-" + n, 10 * n, daysAgo(9), 100));
    }
    CountDownLatch writing = new CountDownLatch(1);
    CountDownLatch pruned = new CountDownLatch(1);
    int[] stored = {0};
    PruneResult[] result = {deleted(0, 0)};
    together(
        List.of(
            () -> {
              while (pruned.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
                storage.saveTraces(newSession(stored[0]++));
                writing.countDown();
              }
              return null;
            },
            () -> {
              try {
                assertThat(writing.await(30, TimeUnit.SECONDS)).isTrue();
                result[0] = prune(FIVE_DAYS);
              } finally {
                pruned.countDown();
              }
              return null;
            }));
    assertThat(result[0]).isEqualTo(deleted(OLD, (long) OLD * STEPS));
    for (int n = 0; n < stored[0]; n++) {
      assertThat(storage.listTracesBySession("new-" + n)).isEqualTo(newSession(n));
      assertThat(metadata("new-" + n).totalTraces()).isEqualTo(STEPS);
    }
    TraceQuery old = TraceQuery.all().startedBefore(daysAgo(5));
    assertThat(storage.listTraces(old).items()).isEmpty();
  }
}
