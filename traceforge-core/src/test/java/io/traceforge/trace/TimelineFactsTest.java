package io.traceforge.trace;

import static io.traceforge.trace.Traces.failed;
import static io.traceforge.trace.Traces.open;
import static io.traceforge.trace.Traces.request;
import static io.traceforge.trace.Traces.took;
import static io.traceforge.trace.Traces.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.SessionTimeline.Call;
import io.traceforge.trace.SessionTimeline.Gap;
import io.traceforge.trace.SessionTimeline.Step;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a timeline tells of its steps and calls. */
class TimelineFactsTest {
  private static final SessionMetadata.Builder METADATA =
      SessionMetadata.builder("session").startTime(Traces.START);

  private static SessionTimeline timeline(Trace.Builder... traces) {
    return SessionTimeline.of(
        METADATA.build(), Stream.of(traces).map(Trace.Builder::build).toList());
  }

  /** Returns a call that is no attempt of another one. */
  private static Trace.Builder other(String id, long start, long end) {
    return trace(id, start, end).request(request("\"" + id + "\""));
  }

  private static List<Boolean> parallel(Trace.Builder... traces) {
    return timeline(traces).calls().stream().map(Call::parallel).toList();
  }

  @Test
  void callsOfAStepThatOverlapAreParallel() {
    assertThat(parallel(other("a", 0, 10), other("b", 9, 20), other("c", 20, 30)))
        .containsExactly(true, true, false);
  }

  @Test
  void aLongCallIsParallelToAllThatBeganInIt() {
    assertThat(parallel(other("a", 0, 100), other("b", 10, 20), other("c", 30, 40)))
        .containsExactly(true, true, true);
  }

  @Test
  void callsInARowAndCallsOfOtherStepsAreNot() {
    assertThat(parallel(other("a", 0, 10), other("b", 10, 20), other("c", 5, 8).stepIndex(1)))
        .containsExactly(false, false, false);
  }

  @Test
  void aCallThatGoesOnIsParallelToAllThatBeganLater() {
    assertThat(parallel(open("a", 0).request(request("[]")), other("b", 50, 60)))
        .containsExactly(true, true);
  }

  @Test
  void attemptsOfOneCallAreNotParallel() {
    assertThat(parallel(failed("a", 0, 10), trace("b", 10, 20))).containsExactly(false);
  }

  @Test
  void tellsModelErrorToolsParentAndFirstTokenOfTheLastAttempt() {
    ToolCall tool = ToolCall.of(null, "search", "{}");
    TraceTiming timing =
        TraceTiming.builder()
            .toFirstToken(Duration.ofMillis(7))
            .total(Duration.ofMillis(9))
            .build();
    TraceMetadata metadata =
        took(9).requestModel("m").toolCalls(List.of(tool)).timing(timing).build();
    Call call =
        timeline(
                failed("a", 0, 10).metadata(took(10).requestModel("old").build()),
                failed("b", 10, 19).metadata(metadata).parentTraceId("p"))
            .calls()
            .get(0);

    assertThat(call.attempts()).hasSize(2);
    assertThat(call.model()).isEqualTo("m");
    assertThat(call.error()).isEqualTo(TraceError.of("server_error", "boom", null));
    assertThat(call.toolCalls()).containsExactly(tool);
    assertThat(call.parentTraceId()).isEqualTo("p");
    assertThat(call.timeToFirstTokenMs()).isEqualTo(7);
    assertThat(call.startTime()).isEqualTo(Traces.START);
    assertThat(call.endTime()).isEqualTo(Traces.at(19));
  }

  @Test
  void aStepLastsFromItsFirstStartToItsLastEnd() {
    TokenUsage usage = TokenUsage.builder().inputTokens(3L).totalTokens(5L).build();
    Step step =
        timeline(
                other("a", 10, 90).metadata(took(80).usage(usage).build()),
                other("b", 20, 50).metadata(took(30).usage(usage).build()))
            .steps()
            .get(0);

    assertThat(step.offsetMs()).isEqualTo(10);
    assertThat(step.durationMs()).isEqualTo(80);
    assertThat(step.usage()).isEqualTo(usage.plus(usage));
  }

  @Test
  void aGapLiesBeforeTheCallThatHasTheNextNumber() {
    SessionTimeline timeline =
        timeline(
            other("c", 20, 30).callNumber(7),
            other("a", 0, 10).callNumber(3),
            other("b", 10, 20).callNumber(4));

    assertThat(timeline.gaps()).containsExactly(new Gap(1, 2, "a"), new Gap(5, 6, "c"));
    assertThat(timeline.gaps().get(0).size()).isEqualTo(2);
    assertThat(timeline.calls())
        .extracting(call -> timeline.gapsBefore(call).size())
        .containsExactly(1, 0, 1);
  }

  @Test
  void noGapWithoutNumbersOrWhereAllAreThere() {
    assertThat(timeline(other("a", 0, 1), other("b", 1, 2)).gaps()).isEmpty();
    assertThat(timeline(other("a", 0, 1).callNumber(1), other("b", 1, 2).callNumber(2)).gaps())
        .isEmpty();
  }

  @Test
  void aGapMayBeAsLargeAsNumbersAre() {
    SessionTimeline timeline = timeline(other("a", 0, 1).callNumber(Integer.MAX_VALUE));

    assertThat(timeline.gaps().get(0).size()).isEqualTo(Integer.MAX_VALUE - 1L);
  }

  @Test
  void whatIsLostInNoGapIsToldAsWell() {
    List<Trace> traces = List.of(other("a", 0, 1).callNumber(3).build());

    assertThat(SessionTimeline.of(METADATA.lostTraces(5).build(), traces).lostElsewhere())
        .isEqualTo(3);
    assertThat(SessionTimeline.of(METADATA.lostTraces(0).build(), traces).lostElsewhere()).isZero();
  }
}
