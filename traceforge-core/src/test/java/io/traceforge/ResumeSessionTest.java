package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.Traces;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ResumeSessionTest {
  /** Outlives each TraceForge, as a database does. */
  private final InMemoryStorageBackend memory = new InMemoryStorageBackend();

  @Test
  void aResumedSessionGoesOnWhereItStands() {
    storeTwoSteps();
    try (TraceForge traceForge = open()) {
      SessionTracker session = traceForge.resumeSession("job-17");

      assertThat(session.getSessionId()).isEqualTo("job-17");
      assertThat(session.getCurrentStep()).isEqualTo(1);
      assertThat(session.context().stateJson())
          .isEqualTo("{\"query\":\"Rome\",\"text\":\"\\ud83d\"}");
      assertThat(session.getParentTraceId()).isEqualTo("trace-1");
      assertThat(session.nextStep()).isEqualTo(2);
    }
  }

  @Test
  void whatWasSetAfterTheLastCallIsThereAgain() {
    try (TraceForge traceForge = open()) {
      SessionTracker session = traceForge.newSession("job-17");
      session.setParentTraceId("trace-1");
      session.setState("query", "Paris");
      call(traceForge, session);
      session.nextStep();
      session.setState("answer", "Two flights");
      session.end();
    }
    try (TraceForge traceForge = open()) {
      SessionTracker session = traceForge.resumeSession("job-17");

      assertThat(session.getCurrentStep()).isEqualTo(1);
      assertThat(session.context().stateJson())
          .isEqualTo("{\"query\":\"Paris\",\"answer\":\"Two flights\"}");
      assertThat(session.getParentTraceId()).isEqualTo("trace-1");
      assertThat(metadata(traceForge).finalState()).isNull();
    }
  }

  @Test
  void aLaterStepThanTheLastOneAtTheEndCounts() {
    try (TraceForge traceForge = open()) {
      traceForge.newSession("job-17").end();
      call(traceForge, new SessionTracker("job-17"), 4);

      assertThat(traceForge.resumeSession("job-17").getCurrentStep()).isEqualTo(4);
    }
  }

  @Test
  void theTimeoutOfWhoeverResumesCounts() {
    InMemoryStorageBackend later =
        new InMemoryStorageBackend(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10)));
    try (TraceForge first = TraceForge.builder().storage(new Unclosed(later)).build()) {
      call(first, first.newSession("job-17"));
    }
    try (TraceForge impatient =
        TraceForge.builder().storage(later).sessionTimeout(Duration.ofMinutes(5)).build()) {
      assertThat(metadata(impatient).status()).isEqualTo(SessionStatus.IN_PROGRESS);
      impatient.resumeSession("job-17");
      assertThat(metadata(impatient).status()).isEqualTo(SessionStatus.COMPLETED);
    }
  }

  @Test
  void callNumbersGoOn() {
    storeTwoSteps();
    try (TraceForge traceForge = open()) {
      call(traceForge, traceForge.resumeSession("job-17"));

      assertThat(traceForge.storage().listTracesBySession("job-17"))
          .extracting(Trace::callNumber)
          .containsExactly(1, 2, 3);
      assertThat(metadata(traceForge).lostTraces()).isZero();
    }
  }

  @Test
  void itsLastTraceIsTheNewestThatIsStored() {
    storeTwoSteps();
    try (TraceForge traceForge = open()) {
      SessionTracker session = traceForge.resumeSession("job-17");

      List<Trace> stored = traceForge.storage().listTracesBySession("job-17");
      assertThat(session.getLastTraceId()).isEqualTo(stored.get(1).id());

      call(traceForge, session);
      assertThat(session.getLastTraceId())
          .isEqualTo(traceForge.storage().listTracesBySession("job-17").get(2).id());
    }
  }

  @Test
  void theLastTraceMayBeOfACallThatWasUnderWay() {
    try (TraceForge traceForge = open()) {
      traceForge.newSession("job-17").end();
      assertThat(traceForge.resumeSession("job-17").getLastTraceId()).isNull();
    }
    memory.saveTrace(Traces.open("unanswered", 7).sessionId("job-17").stepIndex(3).build());
    try (TraceForge traceForge = open()) {
      assertThat(traceForge.resumeSession("job-17").getLastTraceId()).isEqualTo("unanswered");
    }
  }

  @Test
  void theSessionIsInProgressAgain() {
    storeTwoSteps();
    try (TraceForge traceForge = open()) {
      assertThat(metadata(traceForge).status()).isEqualTo(SessionStatus.FAILED);

      SessionTracker session = traceForge.resumeSession("job-17");
      assertThat(metadata(traceForge).status()).isEqualTo(SessionStatus.IN_PROGRESS);

      session.end();
      assertThat(metadata(traceForge).status()).isEqualTo(SessionStatus.COMPLETED);
    }
  }

  @Test
  void aSessionOfThisProcessCanBeResumedToo() {
    try (TraceForge traceForge = open()) {
      SessionTracker session = traceForge.newSession("job-17");
      session.nextStep();
      call(traceForge, session);
      session.end();

      assertThat(traceForge.resumeSession("job-17").getCurrentStep()).isEqualTo(1);
    }
  }

  @Test
  void aSessionWithoutCallsBeginsAtStepZero() {
    try (TraceForge traceForge = open()) {
      traceForge.newSession("job-17").end();

      assertThat(traceForge.resumeSession("job-17").getCurrentStep()).isZero();
    }
  }

  @Test
  void aSessionThatIsNotStoredCannotBeResumed() {
    try (TraceForge traceForge = open()) {
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(() -> traceForge.resumeSession("job-17"))
          .withMessageContaining("\"job-17\"");
      assertThat(traceForge.storage().listSessions()).isEmpty();
    }
  }

  private void storeTwoSteps() {
    try (TraceForge traceForge = open()) {
      SessionTracker session = traceForge.newSession("job-17");
      session.setState("query", "Paris");
      call(traceForge, session);
      session.nextStep();
      session.setParentTraceId("trace-1");
      session.setState("query", "Rome");
      session.setState("text", "\ud83d");
      call(traceForge, session);
      session.fail(new IllegalStateException("crash"));
    }
  }

  private TraceForge open() {
    return TraceForge.builder().storage(new Unclosed(memory)).build();
  }

  private static void call(TraceForge traceForge, SessionTracker session) {
    traceForge.beginCall(session.context()).readToEnd();
  }

  private static void call(TraceForge traceForge, SessionTracker session, int step) {
    traceForge.beginCall(session.context().withStep(step)).readToEnd();
  }

  private static SessionMetadata metadata(TraceForge traceForge) {
    StorageBackend storage = traceForge.storage();
    return storage.getSessionMetadata("job-17").orElseThrow();
  }
}
