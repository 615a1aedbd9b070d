package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.recording.CallRecording;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TraceForgeTest {
  private final TraceForge traceForge = TraceForge.open("memory:");

  @AfterEach
  void close() {
    traceForge.close();
  }

  @Test
  void aUrlThatNobodyKnowsIsRefusedWithTheKnownOnes() {
    assertThatExceptionOfType(StorageException.class)
        .isThrownBy(() -> TraceForge.open("floppy:a"))
        .withMessageContaining("\"floppy:a\"")
        .withMessageContaining("memory:");
    assertThatExceptionOfType(StorageException.class).isThrownBy(() -> TraceForge.open(""));
  }

  @Test
  void newSessionsTakeAnIdOrMakeOne() {
    assertThat(traceForge.newSession("job-17").getSessionId()).isEqualTo("job-17");
    assertThat(traceForge.newSession().getSessionId()).isNotEmpty();
    assertThatIllegalArgumentException().isThrownBy(() -> traceForge.newSession("a b"));
  }

  @Test
  void aStartedSessionBeginsAnotherWhenStartedAgain() {
    SessionTracker session = traceForge.startSession();
    String id = session.getSessionId();

    session.start();

    assertThat(session.getSessionId()).isNotEqualTo(id);
  }

  @Test
  void aSessionOfAnyKindIsRunToItsEnd() {
    try (TraceForge traceForge = TraceForge.open("memory:")) {
      assertThatThrownBy(
              () ->
                  traceForge
                      .newSession("job-17")
                      .runToEnd(
                          session -> {
                            assertThat(session.getSessionId()).isEqualTo("job-17");
                            throw new IllegalStateException("no flight");
                          }))
          .hasMessage("no flight");

      assertThat(traceForge.storage().getSessionMetadata("job-17").orElseThrow().status())
          .isEqualTo(SessionStatus.FAILED);

      assertThat(traceForge.resumeSession("job-17").runToEnd(SessionTracker::getSessionId))
          .isEqualTo("job-17");
      assertThat(traceForge.storage().getSessionMetadata("job-17").orElseThrow().status())
          .isEqualTo(SessionStatus.COMPLETED);
    }
  }

  @Test
  void itRecordsUntilItIsClosed() {
    TraceForge traceForge = TraceForge.open("memory:");
    assertThat(traceForge.isRecording()).isTrue();
    traceForge.close();
    assertThat(traceForge.isRecording()).isFalse();
  }

  @Test
  void runSessionReturnsWhatItsBodyReturnsAndEndsTheSession() throws Exception {
    AtomicReference<SessionTracker> seen = new AtomicReference<>();

    String id =
        traceForge.runSession(
            session -> {
              seen.set(SessionTracker.current().orElseThrow());
              assertThat(seen.get()).isSameAs(session);
              return session.getSessionId();
            });

    assertThat(SessionTracker.current()).isEmpty();
    assertThat(seen.get().getSessionId()).isEqualTo(id);
    assertThat(statusOf(id)).isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void anExceptionFailsTheSessionAndIsThrownOnUnchanged() {
    IOException failure = new IOException("no route");
    AtomicReference<String> id = new AtomicReference<>();

    assertThatThrownBy(
            () ->
                traceForge.runSession(
                    session -> {
                      id.set(session.getSessionId());
                      throw failure;
                    }))
        .isSameAs(failure);

    assertThat(SessionTracker.current()).isEmpty();
    assertThat(statusOf(id.get())).isEqualTo(SessionStatus.FAILED);
    assertThat(traceForge.storage().getSessionMetadata(id.get()).orElseThrow().statusReason())
        .isEqualTo("java.io.IOException: no route");
  }

  @Test
  void storageSeesWhatHasFinished() {
    SessionTracker session = traceForge.startSession();
    CallRecording call = traceForge.beginCall(session.context());
    call.cancelled(null);
    session.end();

    assertThat(traceForge.storage().getTrace(call.traceId())).isPresent();
    assertThat(traceForge.storage().listTracesBySession(session.getSessionId()))
        .extracting(Trace::id)
        .containsExactly(call.traceId());
    assertThat(traceForge.storage().listSessions()).hasSize(1);
    assertThat(traceForge.storage().getTimeline(session.getSessionId())).isPresent();
    assertThat(traceForge.stats().storedTraces()).isEqualTo(1);
  }

  @Test
  void deletingASessionDeletesWhatIsPendingToo() {
    SessionTracker session = traceForge.startSession();
    traceForge.beginCall(session.context()).cancelled(null);

    assertThat(traceForge.storage().deleteSession(session.getSessionId())).isTrue();
    assertThat(traceForge.storage().listSessions()).isEmpty();
  }

  @Test
  void closingTheStorageViewClosesNothing() {
    traceForge.storage().close();

    assertThat(traceForge.storage().listSessions()).isEmpty();
  }

  @Test
  void switchedOffItStoresNothing() {
    try (TraceForge off = TraceForge.builder().enabled(false).storage("floppy:a").build()) {
      SessionTracker session = off.startSession();
      session.nextStep();
      session.fail(new IOException());

      off.beginCall(session.context()).cancelled(null);

      assertThat(off.config().enabled()).isFalse();
      assertThat(off.flush(Duration.ofNanos(1))).isTrue();
      assertThat(off.stats().lostTraces()).isZero();
      assertThat(off.storage().listTraces(TraceQuery.all()).items()).isEmpty();
      assertThat(off.resumeSession("stored-elsewhere").getCurrentStep()).isZero();
      assertThat(off.storage().listSessions()).isEmpty();
      assertThat(session.getHeaders()).isNotEmpty();
    }
  }

  @Test
  void theSessionTimeoutReachesTheMetadata() {
    InMemoryStorageBackend later =
        new InMemoryStorageBackend(Clock.offset(Clock.systemUTC(), Duration.ofMinutes(10)));
    try (TraceForge impatient =
        TraceForge.builder().storage(later).sessionTimeout(Duration.ofMinutes(5)).build()) {
      SessionTracker session = impatient.startSession();
      impatient.beginCall(session.context()).cancelled(null);

      var metadata = impatient.storage().getSessionMetadata(session.getSessionId()).orElseThrow();
      assertThat(metadata.status()).isEqualTo(SessionStatus.COMPLETED);
      assertThat(metadata.statusReason()).isEqualTo("silent for longer than 300000 ms");
    }
  }

  @Test
  void theStepLimitStopsARunaway() {
    try (TraceForge limited = TraceForge.builder().storage("memory:").sessionMaxSteps(3).build()) {
      SessionTracker session = limited.startSession();
      session.nextStep();
      session.nextStep();

      assertThatExceptionOfType(SessionStepLimitException.class)
          .isThrownBy(session::nextStep)
          .withMessageContaining(session.getSessionId())
          .withMessageContaining("3 steps");
      assertThat(session.getCurrentStep()).isEqualTo(2);
      session.setState("still", "alive");
    }
  }

  @Test
  void afterTheCloseCallsGoOnUnrecorded() {
    SessionTracker session = traceForge.startSession();
    traceForge.close();

    CallRecording call = traceForge.beginCall(session.context());
    call.readToEnd();
    session.end();
    traceForge.close();

    assertThat(traceForge.stats().lostTraces()).isEqualTo(1);
  }

  private SessionStatus statusOf(String sessionId) {
    return traceForge.storage().getSessionMetadata(sessionId).orElseThrow().status();
  }
}
