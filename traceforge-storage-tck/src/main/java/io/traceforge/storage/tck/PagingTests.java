package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.Page;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Pages neither skip nor repeat anything, whatever is written between them. */
abstract class PagingTests extends ContractTests {
  /** More than any test stores: a backend that never ends its pages fails instead of hanging. */
  private static final int MANY = 500;

  PagingTests(StorageBackendContract contract) {
    super(contract);
  }

  /** Reads all pages, doing something after each. */
  private List<Trace> readAll(TraceQuery query, Runnable betweenPages) {
    List<Trace> read = new ArrayList<>();
    for (Page<Trace> page = storage.listTraces(query); ; page = storage.listTraces(query)) {
      assertThat(page.items()).hasSizeLessThanOrEqualTo(query.limit());
      read.addAll(page.items());
      assertThat(read).as("pages go on").hasSizeLessThan(MANY);
      if (page.nextCursor() == null) {
        return read;
      }
      betweenPages.run();
      query = query.after(page.nextCursor());
    }
  }

  private List<Trace> save25() {
    List<Trace> traces =
        IntStream.range(0, 25)
            .mapToObj(n -> Samples.success(n, n % 3, n / 4, n / 4 + 1).build())
            .toList();
    storage.saveTraces(traces);
    return traces;
  }

  @Test
  void pagesTogetherAreTheWhole() {
    List<Trace> traces = save25();
    for (int limit : new int[] {1, 4, 5, 24, 25, 26}) {
      TraceQuery ofSession = TraceQuery.ofSession(Samples.SESSION).withLimit(limit);
      assertThat(readAll(ofSession, () -> {}))
          .isEqualTo(storage.listTracesBySession(Samples.SESSION))
          .containsExactlyInAnyOrderElementsOf(traces);
      assertThat(readAll(TraceQuery.all().withLimit(limit), () -> {})).isEqualTo(traces);
    }
  }

  @Test
  void thoseOfNoSessionAreFoundAlone() {
    save25();
    List<Trace> alone =
        IntStream.range(100, 110)
            .mapToObj(n -> Samples.success(n, 0, 0, n).sessionId(null).callNumber(0).build())
            .toList();
    storage.saveTraces(alone);

    assertThat(readAll(TraceQuery.ofNoSession(), () -> {})).isEqualTo(alone);
    assertThat(readAll(TraceQuery.ofNoSession().withLimit(3), () -> {})).isEqualTo(alone);
    assertThat(storage.listTraces(TraceQuery.ofNoSession().withStatus(TraceStatus.ERROR)).items())
        .isEmpty();
    List<Trace> newest = storage.listTraces(TraceQuery.ofNoSession().reversed()).items();
    assertThat(ids(newest).get(0)).isEqualTo(alone.get(9).id());
  }

  @Test
  void pagesBackwardsAreTheWholeBackwards() {
    save25();
    for (TraceQuery query : List.of(TraceQuery.all(), TraceQuery.ofSession(Samples.SESSION))) {
      List<String> forwards = ids(storage.listTraces(query).items());
      List<String> backwards = ids(readAll(query.reversed().withLimit(4), () -> {}));
      List<String> expected = new ArrayList<>(forwards);
      Collections.reverse(expected);
      assertThat(backwards).isEqualTo(expected);
    }
  }

  @Test
  void theLastPageHasNoNext() {
    save25();
    Page<Trace> exact = storage.listTraces(TraceQuery.all().withLimit(25));
    assertThat(exact.items()).hasSize(25);
    assertThat(exact.nextCursor()).isNull();
  }

  @Test
  void pagesWithFilters() {
    save25();
    save(Samples.failure(30, 0, 2, 3).build(), Samples.failure(31, 1, 2, 3).build());
    TraceQuery errors = TraceQuery.all().withStatus(TraceStatus.ERROR).withLimit(1);
    assertThat(ids(readAll(errors, () -> {}))).containsExactly(Samples.id(30), Samples.id(31));
  }

  @Test
  void writesBetweenPagesLeaveNoGap() {
    List<Trace> before = save25();
    List<Trace> added = new ArrayList<>();
    Runnable write =
        () -> {
          int n = 100 + added.size();
          added.add(Samples.success(n, n % 3, n % 9, 50).build());
          save(added.get(added.size() - 1));
          Trace touched = before.get(n % 25).toBuilder().stateJson("{\"n\":" + n + "}").build();
          save(touched);
        };
    for (TraceQuery query : List.of(TraceQuery.all(), TraceQuery.ofSession(Samples.SESSION))) {
      List<String> read = ids(readAll(query.withLimit(3), write));
      assertThat(read).doesNotHaveDuplicates().containsAll(ids(before));
    }
  }

  @Test
  void aCursorOutlivesTheTraceItNames() {
    save25();
    save(Samples.success(50, 0, 3, 4).sessionId("gone").build());
    TraceQuery query = TraceQuery.all().startedFrom(Samples.at(3)).withLimit(5);
    Page<Trace> page = storage.listTraces(query);
    assertThat(ids(page.items()).get(4)).isEqualTo(Samples.id(50));
    storage.deleteSession("gone");
    Page<Trace> next = storage.listTraces(query.after(page.nextCursor()));
    assertThat(ids(next.items())).startsWith(Samples.id(16));
  }

  @Test
  void aCursorThatNoPageGaveIsRefused() {
    save25();
    assertThatThrownBy(() -> storage.listTraces(TraceQuery.all().after("nonsense")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> storage.listSessions(SessionQuery.all().after("nonsense")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private void saveSessions(int count) {
    for (int n = 0; n < count; n++) {
      save(Samples.success(n, 0, n / 2, n).sessionId("s-" + (10 + n)).build());
    }
  }

  private List<String> readSessions(SessionQuery query, Runnable betweenPages) {
    List<String> read = new ArrayList<>();
    while (true) {
      Page<SessionMetadata> page = storage.listSessions(query);
      read.addAll(page.items().stream().map(SessionMetadata::sessionId).toList());
      assertThat(read).as("pages go on").hasSizeLessThan(MANY);
      if (page.nextCursor() == null) {
        return read;
      }
      betweenPages.run();
      query = query.after(page.nextCursor());
    }
  }

  @Test
  void sessionsComeNewestFirstUnlessReversed() {
    saveSessions(5);
    assertThat(readSessions(SessionQuery.all().withLimit(2), () -> {}))
        .containsExactly("s-14", "s-13", "s-12", "s-11", "s-10");
    assertThat(readSessions(SessionQuery.all().reversed().withLimit(2), () -> {}))
        .containsExactly("s-10", "s-11", "s-12", "s-13", "s-14");
    assertThat(storage.listSessions()).hasSize(5);
  }

  @Test
  void sessionsByTimeFromInclusiveToExclusive() {
    saveSessions(8);
    SessionQuery query =
        SessionQuery.all().startedFrom(Samples.at(1)).startedBefore(Samples.at(3)).withLimit(3);
    assertThat(readSessions(query, () -> {})).containsExactly("s-15", "s-14", "s-13", "s-12");
  }

  @Test
  void aSessionKeepsItsPlaceWhileItGrows() {
    saveSessions(6);
    int[] n = {100};
    Runnable write =
        () -> {
          // Earlier and later starts for every session, and a new session in front.
          for (int session = 10; session < 16; session++) {
            save(Samples.success(n[0]++, 0, -n[0], n[0]).sessionId("s-" + session).build());
          }
          save(Samples.success(n[0], 0, 1_000 + n[0]++, 2_000).sessionId("new-" + n[0]).build());
        };
    assertThat(readSessions(SessionQuery.all().withLimit(1), write))
        .containsExactly("s-15", "s-14", "s-13", "s-12", "s-11", "s-10");
  }
}
