package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.FinalState;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionEndTest {
  private static final FinalState STOOD = FinalState.of(1, "{\"answer\":\"Two flights\"}");

  private final TraceForge traceForge = TraceForge.open("memory:");
  private final SessionTracker session = traceForge.newSession("job-17");

  @AfterEach
  void close() {
    traceForge.close();
  }

  @Test
  void endIsSeenInTheMetadata() {
    session.start();
    session.end();

    assertThat(metadata().status()).isEqualTo(SessionStatus.COMPLETED);
    assertThat(metadata().statusReason()).isNull();
  }

  @Test
  void theEndTellsStepAndStateAsTheyAre() {
    session.nextStep();
    session.setState("answer", "Two flights");
    session.end();

    assertThat(metadata().finalState()).isEqualTo(STOOD);
    assertThat(traceForge.storage().listSessions())
        .containsExactly(metadata().toBuilder().finalState(null).build());
  }

  @Test
  void aFailureTellsStepAndStateToo() {
    session.nextStep();
    session.setState("answer", "Two flights");
    session.fail(new IllegalStateException());

    assertThat(metadata().finalState()).isEqualTo(STOOD);
  }

  @Test
  void endIsIdempotent() {
    session.end();
    session.end();
    session.close();

    assertThat(metadata().status()).isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void closeEndsTheSession() {
    try (SessionTracker closed = session) {
      closed.start();
    }

    assertThat(metadata().status()).isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void startingAnewEndsTheSessionBefore() {
    session.start();
    session.start();

    assertThat(metadata().status()).isEqualTo(SessionStatus.COMPLETED);
    assertThat(traceForge.storage().getSessionMetadata(session.getSessionId())).isEmpty();
  }

  @Test
  void failTellsTheCauses() {
    IOException gone = new IOException("mount point vanished");
    gone.initCause(new IllegalStateException());
    session.fail(new UncheckedIOException(new IOException("reading the plan", gone)));

    assertThat(metadata().statusReason())
        .isEqualTo(
            "java.io.UncheckedIOException; caused by java.io.IOException: reading the plan; caused"
                + " by java.io.IOException: mount point vanished; caused by"
                + " java.lang.IllegalStateException");
  }

  @Test
  void causesThatFormACircleAreNoHindrance() {
    Exception first = new Exception("a");
    first.initCause(new Exception("b", first));
    session.fail(first);

    assertThat(metadata().statusReason()).startsWith("java.lang.Exception: a; caused by ");
  }

  @Test
  void failTellsWhy() {
    session.fail(new IllegalStateException("no flight left"));

    assertThat(metadata().status()).isEqualTo(SessionStatus.FAILED);
    assertThat(metadata().statusReason())
        .isEqualTo("java.lang.IllegalStateException: no flight left");
  }

  @Test
  void failTakesAnExceptionWithoutMessage() {
    session.fail(new StackOverflowError());

    assertThat(metadata().statusReason()).isEqualTo("java.lang.StackOverflowError");
  }

  @Test
  void failCountsAfterTheEndToo() {
    session.end();
    session.fail(new IllegalStateException("too late"));

    assertThat(metadata().status()).isEqualTo(SessionStatus.FAILED);
  }

  @Test
  void theFirstReasonCounts() {
    session.fail(new IllegalStateException("first"));
    session.fail(new IllegalStateException("second"));
    session.end();

    assertThat(metadata().statusReason()).endsWith("first");
  }

  @Test
  void theNextSessionOfATrackerCanFailToo() {
    session.fail(new IllegalStateException("first"));
    session.start();
    session.fail(new IllegalStateException("second"));

    assertThat(metadata(session.getSessionId()).statusReason()).endsWith("second");
  }

  @Test
  void afterTheEndNothingCanBeChanged() {
    session.end();

    assertThatIllegalStateException()
        .isThrownBy(() -> session.setState("key", 1))
        .withMessageContaining("job-17")
        .withMessageContaining("start()");
    assertThatThrownBy(session::nextStep).hasMessageContaining("start()");
    assertThatThrownBy(() -> session.setParentTraceId("p")).hasMessageContaining("start()");
    assertThat(session.context().stateJson()).isEqualTo("{}");
    assertThat(session.getCurrentStep()).isZero();
  }

  @Test
  void afterTheEndHeadersAreStillTold() {
    session.nextStep();
    session.end();

    assertThat(session.getHeaders())
        .containsEntry("X-TraceForge-Session-ID", "job-17")
        .containsEntry("X-TraceForge-Step-Index", "1");
  }

  @Test
  void aChildKeepsItsParentThroughItsSteps() {
    SessionTracker child = session.newChildSession("trace-1");
    child.start();
    child.nextStep();
    child.nextStep();

    assertThat(child.getSessionId()).isNotEqualTo("job-17");
    assertThat(child.getParentTraceId()).isEqualTo("trace-1");
    assertThat(child.getState().size()).isZero();
  }

  @Test
  void aChildIsRecordedWhereItsParentIs() {
    SessionTracker child = session.newChildSession("trace-1");
    child.end();

    assertThat(metadata(child.getSessionId()).status()).isEqualTo(SessionStatus.COMPLETED);
    session.nextStep();
  }

  @Test
  void aTrackerAloneEndsAndFailsWithoutAnybodyToTell() {
    SessionTracker alone = new SessionTracker();
    alone.fail(new IllegalStateException());
    alone.end();

    assertThat(alone.getHeaders()).isNotEmpty();
  }

  private SessionMetadata metadata() {
    return metadata("job-17");
  }

  private SessionMetadata metadata(String sessionId) {
    StorageBackend storage = traceForge.storage();
    return storage.getSessionMetadata(sessionId).orElseThrow();
  }
}
