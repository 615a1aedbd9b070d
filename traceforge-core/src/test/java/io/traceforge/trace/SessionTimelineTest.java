package io.traceforge.trace;

import static io.traceforge.trace.Traces.failed;
import static io.traceforge.trace.Traces.open;
import static io.traceforge.trace.Traces.request;
import static io.traceforge.trace.Traces.took;
import static io.traceforge.trace.Traces.trace;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import io.traceforge.trace.SessionTimeline.Call;
import io.traceforge.trace.SessionTimeline.Step;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SessionTimelineTest {
  private static final SessionMetadata METADATA =
      SessionMetadata.builder("session").startTime(Traces.START).build();

  @Test
  void isEmptyWithoutTraces() {
    assertThat(timeline().steps()).isEmpty();
  }

  @Test
  void ordersStepsCallsAndAttempts() {
    SessionTimeline timeline =
        timeline(
            trace("later", 50, 60).stepIndex(4),
            trace("retry", 20, 30),
            trace("other", 5, 8).request(request("[]")),
            failed("first", 0, 10));

    assertThat(timeline.steps()).extracting(Step::index).containsExactly(0, 4);
    assertThat(ids(timeline.steps().get(0)))
        .containsExactly(List.of("first", "retry"), List.of("other"));
    assertThat(ids(timeline.steps().get(1))).containsExactly(List.of("later"));
  }

  @Test
  void tellsStateAndItsDifferenceToTheStepBefore() {
    SessionTimeline timeline =
        timeline(
            trace("a", 0, 10).stateJson("{\"q\": 1}"),
            trace("b", 20, 30).stepIndex(1).stateJson("{\"q\": 2}"),
            trace("c", 40, 50).stepIndex(1).stateJson("{\"q\": 3}").request(request("[]")),
            trace("d", 60, 70).stepIndex(2).stateJson("{\"q\": 3}"));

    assertThat(timeline.steps().get(0).stateDiff().added()).containsOnlyKeys("/q");
    assertThat(timeline.steps().get(1).state().get("q").getAsInt()).isEqualTo(3);
    assertThat(timeline.steps().get(1).stateDiff().changed())
        .containsEntry("/q", new StateDiff.Change(new JsonPrimitive(1), new JsonPrimitive(3)));
    assertThat(timeline.steps().get(2).stateDiff().isEmpty()).isTrue();
  }

  @Test
  void givesFreshStateAtEachCall() {
    Step step = timeline(trace("a", 0, 10).stateJson("{\"q\": 1}")).steps().get(0);
    step.state().addProperty("q", 2);

    assertThat(step.state().get("q").getAsInt()).isEqualTo(1);
  }

  @Test
  void judgesCallByItsLastAttemptAndAddsUsageOfAll() {
    TokenUsage usage = TokenUsage.builder().totalTokens(7L).build();
    Call call =
        onlyCall(
            failed("a", 100, 110).metadata(took(10).usage(usage).build()),
            trace("b", 120, 150).metadata(took(30).usage(usage).build()));

    assertThat(call.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(call.lastAttempt().id()).isEqualTo("b");
    assertThat(call.usage().totalTokens()).isEqualTo(14);
    assertThat(call.offsetMs()).isEqualTo(100);
    assertThat(call.durationMs()).isEqualTo(50);
  }

  @Test
  void knowsNoDurationOfOpenCall() {
    Call call = onlyCall(open("a", 100));

    assertThat(call.status()).isEqualTo(TraceStatus.IN_PROGRESS);
    assertThat(call.usage()).isEqualTo(TokenUsage.unknown());
    assertThat(call.durationMs()).isZero();
  }

  @Test
  void knowsNoOffsetWhereTheSessionsStartIsNotKnown() {
    SessionMetadata withoutStart = SessionMetadata.builder("session").build();

    Call call = SessionTimeline.of(withoutStart, List.of(open("a", 100).build())).calls().get(0);

    assertThat(call.offsetMs()).isZero();
  }

  private static Call onlyCall(Trace.Builder... traces) {
    List<Call> calls = timeline(traces).steps().get(0).calls();
    assertThat(calls).hasSize(1);
    return calls.get(0);
  }

  private static SessionTimeline timeline(Trace.Builder... traces) {
    return SessionTimeline.of(METADATA, Stream.of(traces).map(Trace.Builder::build).toList());
  }

  private static List<List<String>> ids(Step step) {
    return step.calls().stream()
        .map(call -> call.attempts().stream().map(Trace::id).toList())
        .toList();
  }
}
