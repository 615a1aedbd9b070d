package io.traceforge.storage;

import static io.traceforge.trace.Traces.at;
import static io.traceforge.trace.Traces.failed;
import static io.traceforge.trace.Traces.took;
import static io.traceforge.trace.Traces.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

  @Test
  void selectsByEveryProperty() {
    Trace gpt = trace("gpt", 10, 20).metadata(took(10).requestModel("gpt").build()).build();
    Trace failed = failed("failed", 20, 30).build();
    Trace other = trace("other", 30, 40).sessionId("else").build();
    Trace loose = trace("loose", 40, 50).sessionId(null).build();
    List<Trace> all = List.of(loose, other, failed, gpt);

    assertThat(TraceQuery.all().select(all).items()).containsExactly(gpt, failed, other, loose);
    assertThat(TraceQuery.all().reversed().select(all).items())
        .containsExactly(loose, other, failed, gpt);
    assertThat(TraceQuery.ofSession("session").select(all).items()).containsExactly(gpt, failed);
    assertThat(TraceQuery.all().withModel("gpt").select(all).items()).containsExactly(gpt);
    assertThat(TraceQuery.all().withStatus(TraceStatus.ERROR).select(all).items())
        .containsExactly(failed);
    assertThat(TraceQuery.all().startedFrom(at(20)).startedBefore(at(40)).select(all).items())
        .containsExactly(failed, other);
  }

  @Test
  void ordersOneSessionByStepThenStartThenId() {
    Trace step1 = trace("a", 0, 10).stepIndex(1).build();
    Trace late = trace("b", 20, 30).build();
    Trace early = trace("d", 10, 30).build();
    Trace sameStart = trace("c", 10, 30).build();

    assertThat(TraceQuery.ofSession("session").select(List.of(step1, late, early, sameStart)))
        .isEqualTo(new Page<>(List.of(sameStart, early, late, step1), null));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void pagesWithoutGapOrRepetition(boolean reversed) {
    List<Trace> all =
        new ArrayList<>(
            IntStream.range(0, 10).mapToObj(i -> trace("t" + i, i / 3, 50).build()).toList());
    TraceQuery query = TraceQuery.all().withLimit(3);
    query = reversed ? query.reversed() : query;
    List<Trace> read = new ArrayList<>();
    Page<Trace> page = query.select(all);
    while (page.nextCursor() != null) {
      assertThat(page.items()).hasSize(3);
      read.addAll(page.items());
      page = query.after(page.nextCursor()).select(all);
    }
    read.addAll(page.items());

    assertThat(read).containsExactlyInAnyOrderElementsOf(all);
    assertThat(read).isSortedAccordingTo((a, b) -> (reversed ? -1 : 1) * a.id().compareTo(b.id()));
  }

  @Test
  void endsWithPageThatIsExactlyFull() {
    Page<Trace> page = TraceQuery.all().withLimit(1).select(List.of(trace("a", 0, 1).build()));

    assertThat(page.items()).hasSize(1);
    assertThat(page.nextCursor()).isNull();
  }

  @Test
  void copiesItemsOfPage() {
    List<String> items = new ArrayList<>(List.of("a", "b"));
    Page<String> page = Page.of(items, 1, item -> "after " + item);
    items.clear();

    assertThat(page).isEqualTo(new Page<>(List.of("a"), "after a"));
    assertThat(page.nextCursor()).isEqualTo("after a");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 10_001})
  void refusesLimit(int limit) {
    assertThatThrownBy(() -> TraceQuery.all().withLimit(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit: expected 1 to 10000, got " + limit);
    assertThatThrownBy(() -> SessionQuery.all().withLimit(limit))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("limit: expected 1 to 10000, got " + limit);
  }

  @Test
  void readsKeysBack() {
    TraceKey trace = new TraceKey(3, at(1), "id~with~tildes");
    SessionKey session = new SessionKey(at(1), "id~with~tildes");

    assertThat(TraceKey.fromCursor(trace.toCursor())).isEqualTo(trace);
    assertThat(SessionKey.fromCursor(session.toCursor())).isEqualTo(session);
    assertThat(TraceQuery.all().after(trace.toCursor()).afterKey()).isEqualTo(trace);
    assertThat(TraceQuery.all().afterKey()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "~~",
        "x",
        "x~2026-01-01T00:00:00Z~id",
        "1~yesterday~id",
        "1~2026-01-01T00:00:00Z",
      })
  void refusesCursorThatIsNoKey(String cursor) {
    assertThatThrownBy(() -> TraceKey.fromCursor(cursor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cursor: not one of a page's: " + cursor);
    assertThatThrownBy(() -> SessionKey.fromCursor(cursor))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("cursor: not one of a page's: " + cursor);
    assertThatThrownBy(() -> TraceQuery.all().after(cursor).select(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void matchesSessionsByTimeAndPlace() {
    SessionKey key = new SessionKey(at(10), "b");

    assertThat(SessionQuery.all().startedFrom(at(10)).startedBefore(at(11)).matches(key)).isTrue();
    assertThat(SessionQuery.all().startedFrom(at(11)).matches(key)).isFalse();
    assertThat(SessionQuery.all().startedBefore(at(10)).matches(key)).isFalse();
    assertThat(SessionQuery.all().after(key.toString()).matches(key)).isFalse();
    assertThat(SessionQuery.all().after(new SessionKey(at(10), "c").toCursor()).matches(key))
        .isTrue();
    assertThat(
            SessionQuery.all()
                .reversed()
                .after(new SessionKey(at(10), "a").toCursor())
                .matches(key))
        .isTrue();
  }

  @Test
  void selectsByParentAndLeavesASessionOut() {
    Trace own = trace("own", 0, 5).parentTraceId("p").build();
    Trace other = trace("other", 10, 15).sessionId("other").parentTraceId("q").build();
    Trace alone = trace("alone", 20, 25).sessionId(null).parentTraceId("p").build();
    Trace orphan = trace("orphan", 30, 35).sessionId("other").build();
    List<Trace> traces = List.of(own, other, alone, orphan);
    TraceQuery children = TraceQuery.childrenOf(List.of("p", "q", "q"));

    assertThat(children.select(traces).items()).containsExactly(own, other, alone);
    assertThat(children.exceptSession("session").select(traces).items()).containsExactly(other);
    assertThat(TraceQuery.childrenOf(List.of()).select(traces).items()).isEmpty();
  }
}
