package io.traceforge.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.SessionTimeline.Child;
import io.traceforge.trace.SessionTimeline.Descendant;
import io.traceforge.trace.Trace;
import io.traceforge.trace.Traces;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Sessions below the calls that they were made for. */
class TimelineTreeTest {
  private final InMemoryStorageBackend storage = new InMemoryStorageBackend();

  private void save(String id, String session, @Nullable String parent, long start) {
    storage.saveTrace(
        Traces.trace(id, start, start + 5)
            .sessionId(session)
            .parentTraceId(parent)
            .request(Traces.request("\"" + id + "\""))
            .build());
  }

  private SessionTimeline read(String session) {
    return storage.getTimeline(session).orElseThrow();
  }

  private List<String> below(String session) {
    return read(session).descendants().stream().map(TimelineTreeTest::describe).toList();
  }

  private static String describe(Descendant below) {
    String session = below.timeline().metadata().sessionId();
    return below.depth() + " " + session + " of " + below.parentTraceId();
  }

  @Test
  void aChildIsBelowTheCallThatItWasMadeFor() {
    save("a1", "a", null, 0);
    save("a2", "a", "a1", 10);
    save("b1", "b", "a2", 20);
    save("b2", "b", "b1", 30);
    SessionTimeline timeline = read("a");

    assertThat(timeline.childrenOf(timeline.calls().get(0))).isEmpty();
    assertThat(timeline.childrenOf(timeline.calls().get(1))).containsExactly(read("b"));
    assertThat(timeline.calls()).hasSize(2);
  }

  @Test
  void childrenComeByTheirFirstStartAndTheirChildrenBelowThem() {
    save("a1", "a", null, 0);
    save("c1", "c", "a1", 30);
    save("b1", "b", "a1", 20);
    save("d1", "d", "b1", 40);

    assertThat(below("a")).containsExactly("1 b of a1", "2 d of b1", "1 c of a1");
  }

  @Test
  void eachSessionOnceAtTheFirstParentThatItsTracesName() {
    save("a1", "a", null, 0);
    save("a2", "a", null, 10);
    save("b2", "b", "a2", 30);
    save("b1", "b", "a1", 20);

    assertThat(below("a")).containsExactly("1 b of a1");
  }

  @Test
  void circlesAreCut() {
    save("a1", "a", "b1", 0);
    save("b1", "b", "a1", 10);
    save("self", "self", "self", 20);

    assertThat(below("a")).containsExactly("1 b of a1");
    assertThat(below("b")).containsExactly("1 a of b1");
    assertThat(below("self")).isEmpty();
  }

  @Test
  void aParentThatIsMissingOrOfNoSessionMakesNoChild() {
    save("a1", "a", "nobody", 0);
    storage.saveTrace(Traces.trace("alone", 5, 6).sessionId(null).parentTraceId("a1").build());

    assertThat(below("a")).isEmpty();
  }

  @Test
  void thousandsOfLevels() {
    int levels = 3_000;
    for (int i = 0; i < levels; i++) {
      save("t" + i, "s" + i, i == 0 ? null : "t" + (i - 1), i);
    }
    SessionTimeline timeline = read("s0");

    assertThat(timeline.descendants()).hasSize(levels - 1).last().hasToString(deepest(levels - 1));
    assertThat(timeline.equals(read("s0"))).isTrue();
    assertThat(timeline.equals(read("s1"))).isFalse();
    assertThat(timeline.hashCode()).isEqualTo(read("s0").hashCode());
    assertThat(timeline).hasToString("SessionTimeline{s0, 1 steps, 1 children}");
  }

  private static String deepest(int n) {
    return "Descendant[depth=%d, parentTraceId=t%d, timeline=SessionTimeline{s%d, 1 steps, 0 children}]"
        .formatted(n, n - 1, n);
  }

  @Test
  void timelinesThatDifferBelowAreNotEqual() {
    save("a1", "a", null, 0);
    save("b1", "b", "a1", 20);
    SessionTimeline before = read("a");
    save("b2", "b", "b1", 30);

    assertThat(read("a")).isNotEqualTo(before);
  }

  @Test
  void aChildNeedsItsParent() {
    save("a1", "a", null, 0);
    SessionTimeline timeline = read("a");

    assertThatThrownBy(() -> timeline.withChildren(List.of(new Child("nobody", timeline))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("children", "nobody");
  }

  @Test
  void moreChildrenThanAPageHolds() {
    Trace parent = Traces.trace("p", 0, 1).sessionId("p").build();
    storage.saveTrace(parent);
    for (int i = 0; i < 1_100; i++) {
      save("t" + i, "s" + i, "p", i);
    }

    assertThat(read("p").children()).hasSize(1_100);
  }
}
