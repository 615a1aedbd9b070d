package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class SessionContextTest {
  private final SessionContext context =
      SessionContext.of("job-17").withStep(2).withState("branch", 0).withParentTraceId("trace-1");

  @Test
  void itBeginsAtStepZeroWithoutStateOrParent() {
    SessionContext fresh = SessionContext.of("job-17");

    assertThat(fresh.sessionId()).isEqualTo("job-17");
    assertThat(fresh.stepIndex()).isZero();
    assertThat(fresh.parentTraceId()).isNull();
    assertThat(fresh.stateJson()).isEqualTo("{}");
  }

  @Test
  void withStepChangesTheStepAlone() {
    SessionContext changed = context.withStep(7);

    assertThat(changed.stepIndex()).isEqualTo(7);
    assertThat(changed.withStep(2)).usingRecursiveComparison().isEqualTo(context);
    assertThat(context.stepIndex()).isEqualTo(2);
  }

  @Test
  void withStateAddsOneValue() {
    SessionContext changed = context.withState("more", true);

    assertThat(changed.stateJson()).isEqualTo("{\"branch\":0,\"more\":true}");
    assertThat(changed.parentTraceId()).isEqualTo("trace-1");
    assertThat(context.stateJson()).isEqualTo("{\"branch\":0}");
  }

  @Test
  void withParentTraceIdSetsAndClears() {
    assertThat(context.withParentTraceId("trace-2").parentTraceId()).isEqualTo("trace-2");
    assertThat(context.withParentTraceId(null).parentTraceId()).isNull();
    assertThat(context.parentTraceId()).isEqualTo("trace-1");
  }

  @Test
  void theStateReturnedIsACopy() {
    context.state().addProperty("branch", 99);

    assertThat(context.stateJson()).isEqualTo("{\"branch\":0}");
    assertThat(context.state()).hasToString("{\"branch\":0}");
  }

  @Test
  void aNegativeStepIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> context.withStep(-1))
        .withMessage("stepIndex: expected 0 or more, got -1");
  }

  @Test
  void aStateTooLargeIsRefused() {
    assertThatExceptionOfType(StateTooLargeException.class)
        .isThrownBy(() -> context.withState("big", "x".repeat(10_240)));
  }

  @Test
  void aTrackersContextDoesNotFollowTheTracker() {
    SessionTracker session = new SessionTracker("job-18");
    SessionContext before = session.context();

    session.nextStep();
    session.setState("query", "Paris");
    session.setParentTraceId("trace-9");

    assertThat(before.stepIndex()).isZero();
    assertThat(before.stateJson()).isEqualTo("{}");
    assertThat(before.parentTraceId()).isNull();
    assertThat(session.context().stepIndex()).isEqualTo(1);
  }
}
