package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which traces were made for which, and sessions below others. */
abstract class HierarchyTests extends ContractTests {
  HierarchyTests(StorageBackendContract contract) {
    super(contract);
  }

  private static Trace child(int n, String session, @Nullable String parentTraceId) {
    return Samples.success(n, 0, n, n + 1).sessionId(session).parentTraceId(parentTraceId).build();
  }

  private List<String> listed(TraceQuery query) {
    return ids(storage.listTraces(query).items());
  }

  @Test
  void theTracesOfAnyOfSeveralParents() {
    save(child(1, "a", null), child(2, "a", Samples.id(1)), child(3, "b", Samples.id(1)));
    save(child(4, "b", Samples.id(2)), child(5, "c", Samples.id(9)));
    TraceQuery query = TraceQuery.childrenOf(List.of(Samples.id(1), Samples.id(2), "nobody"));

    assertThat(listed(query)).containsExactly(Samples.id(2), Samples.id(3), Samples.id(4));
    assertThat(listed(query.reversed()))
        .containsExactly(Samples.id(4), Samples.id(3), Samples.id(2));
    assertThat(listed(TraceQuery.childrenOf(List.of("nobody")))).isEmpty();
    assertThat(listed(TraceQuery.childrenOf(List.of()))).isEmpty();
  }

  @Test
  void theTracesOfOtherSessions() {
    Trace alone = Samples.bare(4).parentTraceId(Samples.id(1)).build();
    save(child(1, "a", null), child(2, "a", Samples.id(1)), child(3, "b", Samples.id(1)), alone);

    assertThat(listed(TraceQuery.childrenOf(List.of(Samples.id(1))).exceptSession("a")))
        .containsExactly(Samples.id(3));
    assertThat(listed(TraceQuery.all().exceptSession("b")))
        .containsExactly(Samples.id(1), Samples.id(2));
  }

  @Test
  void childrenOfMoreParentsThanAnEngineHasParameters() {
    save(child(1, "a", null), child(2, "b", Samples.id(40_000)));
    List<String> parents = IntStream.rangeClosed(1, 40_000).mapToObj(Samples::id).toList();

    assertThat(listed(TraceQuery.childrenOf(parents))).containsExactly(Samples.id(2));
  }

  @Test
  void childrenInPages() {
    List<Trace> children =
        IntStream.range(1, 26).mapToObj(n -> child(n, "s" + n % 3, "parent")).toList();
    storage.saveTraces(children);
    TraceQuery query = TraceQuery.childrenOf(List.of("parent")).withLimit(10);
    String second = storage.listTraces(query).nextCursor();

    assertThat(storage.listTraces(query.after(second)).items()).isEqualTo(children.subList(10, 20));
  }

  @Test
  void aParentsNameMayBeAnyText() {
    List<String> odd = List.of("a\0b", "a", "\ud800", "\"',?%\\", "\ud83d\ude00", "");
    for (int n = 0; n < odd.size(); n++) {
      save(child(n + 1, "s", odd.get(n)));
    }
    for (int n = 0; n < odd.size(); n++) {
      assertThat(listed(TraceQuery.childrenOf(List.of(odd.get(n), "\0", "\udc00"))))
          .containsExactly(Samples.id(n + 1));
    }
  }

  @Test
  void aParentThatComesLaterCounts() {
    save(Samples.open(1, 0, 0).build());
    save(Samples.success(1, 0, 0, 5).parentTraceId("parent").build());

    assertThat(listed(TraceQuery.childrenOf(List.of("parent")))).containsExactly(Samples.id(1));
  }

  @Test
  void theTimelineHasTheSessionsBelowItsCalls() {
    save(child(1, "a", null), child(2, "b", Samples.id(1)), child(3, "c", Samples.id(2)));
    save(child(4, "b", null), child(5, "d", Samples.id(1)));
    SessionTimeline timeline = storage.getTimeline("a").orElseThrow();

    assertThat(timeline.descendants())
        .extracting(below -> below.timeline().metadata())
        .containsExactly(metadata("b"), metadata("c"), metadata("d"));
    assertThat(timeline.descendants())
        .extracting(SessionTimeline.Descendant::depth)
        .containsExactly(1, 2, 1);
    assertThat(timeline.childrenOf(timeline.calls().get(0)))
        .containsExactly(
            storage.getTimeline("b").orElseThrow(), storage.getTimeline("d").orElseThrow());
  }

  @Test
  void aCircleOfSessionsHasAnEnd() {
    save(child(1, "a", Samples.id(2)), child(2, "b", Samples.id(1)), child(3, "c", Samples.id(3)));

    assertThat(storage.getTimeline("a").orElseThrow().descendants()).hasSize(1);
    assertThat(storage.getTimeline("b").orElseThrow().descendants()).hasSize(1);
    assertThat(storage.getTimeline("c").orElseThrow().descendants()).isEmpty();
  }

  @Test
  void aDeletedSessionIsBelowNone() {
    save(child(1, "a", null), child(2, "b", Samples.id(1)));
    storage.deleteSession("b");

    assertThat(storage.getTimeline("a").orElseThrow().children()).isEmpty();
    assertThat(listed(TraceQuery.childrenOf(List.of(Samples.id(1))))).isEmpty();
  }
}
