package io.traceforge.trace;

import static io.traceforge.trace.Traces.failed;
import static io.traceforge.trace.Traces.open;
import static io.traceforge.trace.Traces.request;
import static io.traceforge.trace.Traces.took;
import static io.traceforge.trace.Traces.trace;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StepSummaryTest {

  @Test
  void countsNothingInEmptyStep() {
    assertThat(summary()).isEqualTo(StepSummary.of(0, 0, 0, 0, null));
  }

  @Test
  void takesEqualRequestsThatDoNotOverlapForAttempts() {
    StepSummary summary = summary(failed("a", 0, 10), failed("b", 10, 20), trace("c", 25, 30));

    assertThat(summary).isEqualTo(StepSummary.of(3, 1, 0, 2, null));
    assertThat(summary.retries()).isEqualTo(2);
  }

  @Test
  void takesEqualRequestsThatOverlapForSiblings() {
    assertThat(summary(trace("a", 0, 10), trace("b", 9, 20)).calls()).isEqualTo(2);
    assertThat(summary(trace("a", 0, 10), trace("b", 0, 10)).calls()).isEqualTo(2);
  }

  @Test
  void takesDifferentRequestsForSiblings() {
    assertThat(summary(trace("a", 0, 10), trace("b", 10, 20).request(request("[]"))).calls())
        .isEqualTo(2);
  }

  @Test
  void joinsLaterAttemptToSiblingThatHadEnded() {
    StepSummary summary = summary(trace("a", 0, 100), failed("b", 1, 10), trace("c", 20, 30));

    assertThat(summary).isEqualTo(StepSummary.of(3, 2, 0, 1, null));
  }

  @Test
  void believesTheClientsMark() {
    assertThat(summary(marked("a", 0, 10, 0), marked("b", 11, 20, 1), marked("c", 21, 30, 2)))
        .isEqualTo(StepSummary.of(3, 1, 0, 0, null));
  }

  @Test
  void takesMarkOfFirstAttemptForFreshCall() {
    assertThat(summary(marked("a", 0, 10, 0), marked("b", 11, 20, 0)).calls()).isEqualTo(2);
  }

  @Test
  void joinsMarkedAttemptToCallThatWaitsForIt() {
    // Two parallel calls with the same request, each tried twice.
    StepSummary summary =
        summary(
            marked("a0", 0, 10, 0),
            marked("b0", 1, 30, 0),
            marked("a1", 12, 20, 1),
            marked("b1", 32, 40, 1));

    assertThat(summary).isEqualTo(StepSummary.of(4, 2, 0, 0, null));
  }

  @Test
  void takesMarkedAttemptWithoutPredecessorForCall() {
    assertThat(summary(marked("a", 0, 10, 0), marked("c", 11, 20, 2)).calls()).isEqualTo(2);
    assertThat(summary(marked("b", 0, 10, 1)).calls()).isEqualTo(1);
  }

  @Test
  void countsOpenCallsByTheirLastAttempt() {
    assertThat(summary(failed("a", 0, 10), open("b", 20)))
        .isEqualTo(StepSummary.of(2, 1, 1, 1, null));
    assertThat(summary(open("a", 0), trace("b", 20, 30)))
        .isEqualTo(StepSummary.of(2, 2, 1, 0, null));
  }

  @Test
  void failsIfACallEndedInAnError() {
    StepSummary summary = summary(trace("a", 0, 30), failed("b", 0, 10).request(request("[]")));

    assertThat(summary).isEqualTo(StepSummary.of(2, 2, 0, 1, "server_error: boom"));
  }

  @Test
  void hasNotFailedWhileACallIsOpen() {
    assertThat(summary(failed("a", 0, 10), open("b", 5).request(request("[]"))).failure()).isNull();
  }

  @Test
  void failsWithoutText() {
    assertThat(summary(failed("a", 0, 10).error(null)).failure()).isEqualTo("error");
  }

  @Test
  void doesNotTakeCancellationForFailure() {
    assertThat(summary(failed("a", 0, 10).status(TraceStatus.CANCELLED)))
        .isEqualTo(StepSummary.of(1, 1, 0, 0, null));
  }

  private static Trace.Builder marked(String id, long start, long end, int retryCount) {
    return trace(id, start, end).metadata(took(end - start).retryCount(retryCount).build());
  }

  /** Sums traces up as given and in reverse, which must make no difference. */
  private static StepSummary summary(Trace.Builder... traces) {
    List<CallAttempt> attempts =
        new ArrayList<>(Stream.of(traces).map(Trace.Builder::build).map(CallAttempt::of).toList());
    StepSummary summary = StepSummary.of(attempts);
    Collections.reverse(attempts);
    assertThat(StepSummary.of(attempts)).isEqualTo(summary);
    return summary;
  }
}
