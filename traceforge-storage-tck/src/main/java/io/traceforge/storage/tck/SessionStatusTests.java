package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.TraceStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** Where a session stands, each rule on its own and against the others. */
abstract class SessionStatusTests extends ContractTests {
  private static final Duration HOUR = SessionUpdate.DEFAULT_TIMEOUT;

  SessionStatusTests(StorageBackendContract contract) {
    super(contract);
  }

  private void standsAt(SessionStatus status) {
    assertThat(metadata(Samples.SESSION).status()).isEqualTo(status);
  }

  private void failsBecauseOf(String reason) {
    standsAt(SessionStatus.FAILED);
    assertThat(metadata(Samples.SESSION).statusReason()).contains(reason);
  }

  private void end(long millis) {
    storage.updateSession(SessionUpdate.ended(Samples.SESSION, Samples.at(millis)));
  }

  private void fail(long millis, String reason) {
    storage.updateSession(SessionUpdate.failed(Samples.SESSION, Samples.at(millis), reason));
  }

  @Test
  void inProgressUntilItEnds() {
    save(Samples.success(1, 0, 0, 1).build());
    standsAt(SessionStatus.IN_PROGRESS);
    end(2);
    standsAt(SessionStatus.COMPLETED);
    assertThat(metadata(Samples.SESSION).statusReason()).isNull();
  }

  @Test
  void endedBeforeItsTracesCame() {
    end(5);
    standsAt(SessionStatus.COMPLETED);
    save(Samples.success(1, 0, 0, 1).build());
    standsAt(SessionStatus.COMPLETED);
  }

  @Test
  void failedWhenToldSo() {
    save(Samples.success(1, 0, 0, 1).build());
    fail(2, "the tool broke");
    failsBecauseOf("the tool broke");
  }

  @Test
  void theFirstFailureIsKept() {
    fail(1, "first");
    fail(2, "second");
    end(3);
    failsBecauseOf("first");
  }

  @Test
  void failedWhenTheLastStepEndedInAnError() {
    save(Samples.success(1, 0, 0, 1).build(), Samples.failure(2, 1, 2, 3).build());
    standsAt(SessionStatus.IN_PROGRESS); // it may be tried again
    end(4);
    failsBecauseOf("http_500: no 2");
    failsBecauseOf("step 1");
  }

  @Test
  void failedWhenSilentAfterAnError() {
    save(Samples.failure(1, 0, 0, 1_000).build());
    clock.set(Samples.at(1_000).plus(HOUR));
    standsAt(SessionStatus.IN_PROGRESS);
    clock.set(Samples.at(1_001).plus(HOUR));
    failsBecauseOf("no 1");
  }

  @Test
  void notFailedByAnErrorThatALaterStepRecoveredFrom() {
    save(Samples.failure(1, 0, 0, 1).build(), Samples.success(2, 1, 2, 3).build());
    end(4);
    standsAt(SessionStatus.COMPLETED);
    assertThat(metadata(Samples.SESSION).errorCount()).isEqualTo(1);
  }

  @Test
  void theLastStepIsTheHighestNotTheLatestStored() {
    save(Samples.success(2, 1, 2, 3).build());
    save(Samples.failure(1, 0, 0, 1).build());
    end(4);
    standsAt(SessionStatus.COMPLETED);
  }

  @Test
  void notFailedWhileACallOfTheLastStepGoesOn() {
    save(Samples.failure(1, 0, 0, 1).build(), Samples.open(2, 0, 0).build());
    standsAt(SessionStatus.IN_PROGRESS);
    end(3);
    standsAt(SessionStatus.COMPLETED);
    save(Samples.success(2, 0, 0, 9).build());
    failsBecauseOf("no 1");
  }

  @Test
  void theFirstCallThatFailedIsTheReason() {
    save(Samples.failure(3, 0, 30, 31).build());
    save(Samples.failure(2, 0, 10, 99).build());
    save(Samples.success(1, 0, 0, 5).build());
    end(100);
    failsBecauseOf("no 2");
  }

  @Test
  void aCancelledCallDoesNotFailTheSession() {
    save(Samples.success(1, 0, 0, 1).status(TraceStatus.CANCELLED).build());
    end(2);
    standsAt(SessionStatus.COMPLETED);
  }

  @Test
  void silentPastTheTimeoutWithEveryCallAnswered() {
    save(Samples.success(1, 0, 0, 1_000).build());
    clock.set(Samples.at(1_000).plus(HOUR));
    standsAt(SessionStatus.IN_PROGRESS);
    clock.set(Samples.at(1_001).plus(HOUR));
    standsAt(SessionStatus.COMPLETED);
    assertThat(metadata(Samples.SESSION).statusReason()).contains("silent");
    assertThat(storage.listSessions()).containsExactly(metadata(Samples.SESSION));
  }

  @Test
  void silentPastTheTimeoutWithACallUnanswered() {
    save(Samples.open(1, 0, 0).build());
    clock.set(Samples.at(1).plus(HOUR));
    failsBecauseOf("a call unanswered");
  }

  @Test
  void endedButSilentWithACallUnanswered() {
    save(Samples.open(1, 0, 0).build());
    end(1);
    standsAt(SessionStatus.COMPLETED);
    clock.set(Samples.at(2).plus(HOUR));
    failsBecauseOf("unanswered");
  }

  @Test
  void anUpdateBreaksTheSilence() {
    save(Samples.success(1, 0, 0, 1).build());
    storage.updateSession(SessionUpdate.lost(Samples.SESSION, Samples.at(60_000), 1));
    clock.set(Samples.at(1_000).plus(HOUR));
    standsAt(SessionStatus.IN_PROGRESS);
  }

  @Test
  void theTimeoutIsTheSessionsOwn() {
    save(Samples.success(1, 0, 0, 1).build());
    storage.updateSession(
        SessionUpdate.timeout(Samples.SESSION, Samples.at(1), Duration.ofMillis(10)));
    clock.set(Samples.at(12));
    standsAt(SessionStatus.COMPLETED);
    save(Samples.open(2, 1, 13).build());
    standsAt(SessionStatus.IN_PROGRESS);
  }

  @Test
  void aTimeoutMayBeForever() {
    storage.updateSession(
        SessionUpdate.timeout(Samples.SESSION, Samples.at(0), ChronoUnit.FOREVER.getDuration()));
    clock.set(Samples.START.plus(Duration.ofDays(36_500)));
    standsAt(SessionStatus.IN_PROGRESS);
  }

  @Test
  void resumedAfterItsEnd() {
    save(Samples.success(1, 0, 0, 1).build());
    fail(2, "broken");
    storage.updateSession(SessionUpdate.resumed(Samples.SESSION, Samples.at(3)));
    standsAt(SessionStatus.IN_PROGRESS);
    assertThat(metadata(Samples.SESSION).statusReason()).isNull();
    end(4);
    standsAt(SessionStatus.COMPLETED);
  }
}
