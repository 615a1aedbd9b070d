package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.junit.jupiter.api.Test;

class SessionTrackerTest {
  @Test
  void aNewTrackerIsReadyForUse() {
    SessionTracker session = new SessionTracker();

    assertThat(session.getSessionId()).isNotEmpty();
    assertThat(session.getCurrentStep()).isZero();
    assertThat(session.getParentTraceId()).isNull();
    assertThat(session.getState().size()).isZero();
    assertThat(session.getHeaders())
        .containsEntry("X-TraceForge-Session-ID", session.getSessionId())
        .containsEntry("X-TraceForge-Step-Index", "0");
  }

  @Test
  void everyTrackerHasAnIdOfItsOwn() {
    assertThat(new SessionTracker().getSessionId())
        .isNotEqualTo(new SessionTracker().getSessionId());
  }

  @Test
  void aTrackerTakesTheIdItIsGiven() {
    assertThat(new SessionTracker("job-17").getSessionId()).isEqualTo("job-17");
  }

  @Test
  void theFirstStartKeepsWhatWasSetBefore() {
    SessionTracker session = new SessionTracker("job-17");
    session.setState("query", "Paris");
    session.setParentTraceId("parent-1");
    session.nextStep();

    session.start();

    assertThat(session.getSessionId()).isEqualTo("job-17");
    assertThat(session.getCurrentStep()).isEqualTo(1);
    assertThat(session.getParentTraceId()).isEqualTo("parent-1");
    assertThat(session.context().stateJson()).isEqualTo("{\"query\":\"Paris\"}");
  }

  @Test
  void startingASessionThatHasBegunBeginsAnother() {
    SessionTracker session = new SessionTracker("job-17");
    session.start();
    session.setState("query", "Paris");
    session.setParentTraceId("parent-1");
    session.nextStep();

    session.start();

    assertThat(session.getSessionId()).isNotEmpty().isNotEqualTo("job-17");
    assertThat(session.getCurrentStep()).isZero();
    assertThat(session.getParentTraceId()).isNull();
    assertThat(session.context().stateJson()).isEqualTo("{}");
  }

  @Test
  void startingASessionThatHasEndedBeginsAnother() {
    SessionTracker session = new SessionTracker("job-17");
    session.end();

    session.start();
    session.setState("query", "Rome");

    assertThat(session.getSessionId()).isNotEqualTo("job-17");
    assertThat(session.nextStep()).isEqualTo(1);
  }

  @Test
  void nextStepAddsOneAndReturnsIt() {
    SessionTracker session = new SessionTracker();

    assertThat(session.nextStep()).isEqualTo(1);
    assertThat(session.nextStep()).isEqualTo(2);
    assertThat(session.getCurrentStep()).isEqualTo(2);
  }

  @Test
  void stateAndParentStayThroughTheSteps() {
    SessionTracker session = new SessionTracker();
    session.setState("query", "Paris");
    session.setParentTraceId("parent-1");

    session.nextStep();
    session.nextStep();

    assertThat(session.getParentTraceId()).isEqualTo("parent-1");
    assertThat(session.getState().get("query").getAsString()).isEqualTo("Paris");
  }

  @Test
  void theParentCanBeCleared() {
    SessionTracker session = new SessionTracker();
    session.setParentTraceId("parent-1");

    session.setParentTraceId(null);

    assertThat(session.getParentTraceId()).isNull();
    assertThat(session.getHeaders()).doesNotContainKey("X-TraceForge-Parent-Trace-ID");
  }

  @Test
  void aStateKeyIsRequired() {
    assertThatNullPointerException()
        .isThrownBy(() -> new SessionTracker().setState(null, 1))
        .withMessage("key");
  }

  @Test
  void itsTextTellsSessionAndStepButNotTheState() {
    SessionTracker session = new SessionTracker("job-17");
    session.setState("secret", "hunter2");

    assertThat(session).hasToString("SessionTracker{session=job-17, step=0}");
    assertThat(session.context()).hasToString("SessionContext{session=job-17, step=0}");
  }
}
