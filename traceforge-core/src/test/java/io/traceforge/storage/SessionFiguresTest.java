package io.traceforge.storage;

import static io.traceforge.trace.Traces.at;
import static io.traceforge.trace.Traces.failed;
import static io.traceforge.trace.Traces.open;
import static io.traceforge.trace.Traces.took;
import static io.traceforge.trace.Traces.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SessionFiguresTest {
  private static final Instant SOON = at(1_000);
  private static final Instant AFTER_TIMEOUT = at(2_000_000_000);
  private static final SessionStanding NEW = SessionStanding.initial();
  private static final SessionStanding ENDED = NEW.apply(SessionUpdate.ended("session", at(90)));

  @Test
  void copiesLists() {
    List<String> models = new ArrayList<>(List.of("a"));
    SessionFigures figures =
        SessionFigures.builder("session").models(models).providers(models).build();
    models.clear();

    assertThat(figures.models()).containsExactly("a");
    assertThat(figures.providers()).containsExactly("a");
  }

  @Nested
  class Status {

    @Test
    void isInProgressUntilEnded() {
      assertStatus(NEW, SOON, SessionStatus.IN_PROGRESS, null, trace("a", 0, 10));
      assertStatus(NEW, SOON, SessionStatus.IN_PROGRESS, null, open("a", 0));
      assertStatus(NEW, SOON, SessionStatus.IN_PROGRESS, null);
    }

    @Test
    void isCompletedOnceEnded() {
      assertStatus(ENDED, SOON, SessionStatus.COMPLETED, null, trace("a", 0, 10));
      assertStatus(ENDED, SOON, SessionStatus.COMPLETED, null);
      assertStatus(ENDED, AFTER_TIMEOUT, SessionStatus.COMPLETED, null, trace("a", 0, 10));
    }

    @Test
    void isCompletedIfSilentWithEveryCallAnswered() {
      assertStatus(
          NEW,
          AFTER_TIMEOUT,
          SessionStatus.COMPLETED,
          "silent for longer than 3600000 ms",
          trace("a", 0, 10));
    }

    @Test
    void isFailedIfSilentWithCallUnanswered() {
      String reason = "silent for longer than 3600000 ms with a call unanswered";

      assertStatus(NEW, AFTER_TIMEOUT, SessionStatus.FAILED, reason, open("a", 0));
      assertStatus(ENDED, AFTER_TIMEOUT, SessionStatus.FAILED, reason, open("a", 0));
      assertStatus(
          NEW,
          AFTER_TIMEOUT,
          SessionStatus.FAILED,
          reason.replace("a call", "2 calls"),
          open("a", 0),
          open("b", 1).stepIndex(1));
    }

    @Test
    void isFailedIfSaidSo() {
      SessionStanding failed = NEW.apply(SessionUpdate.failed("session", at(90), "no seats"));

      assertStatus(failed, SOON, SessionStatus.FAILED, "no seats", failed("a", 0, 10));
    }

    @Test
    void isFailedIfLastStepEndedInError() {
      String reason = "step 3 ended in an error: server_error: boom";
      Trace.Builder last = failed("b", 20, 30).stepIndex(3);

      assertStatus(NEW, AFTER_TIMEOUT, SessionStatus.FAILED, reason, trace("a", 0, 10), last);
      assertStatus(ENDED, SOON, SessionStatus.FAILED, reason, trace("a", 0, 10), last);
    }

    @Test
    void isInProgressWhileAnErrorMayBeTriedAgain() {
      assertStatus(NEW, SOON, SessionStatus.IN_PROGRESS, null, failed("a", 0, 10));
    }

    @Test
    void forgivesErrorThatLaterStepRecoveredFrom() {
      Trace.Builder next = trace("b", 20, 30).stepIndex(1);

      assertStatus(ENDED, SOON, SessionStatus.COMPLETED, null, failed("a", 0, 10), next);
    }

    @Test
    void forgivesErrorThatRetryRecoveredFrom() {
      assertStatus(
          ENDED, SOON, SessionStatus.COMPLETED, null, failed("a", 0, 10), trace("b", 20, 30));
    }

    @Test
    void countsSilenceFromTheLastSignOfLife() {
      SessionStanding brief =
          NEW.apply(SessionUpdate.timeout("session", at(100), Duration.ofMillis(50)));

      assertThat(metadata(brief, at(150)).status()).isEqualTo(SessionStatus.IN_PROGRESS);
      assertThat(metadata(brief, at(151)).status()).isEqualTo(SessionStatus.COMPLETED);
      assertThat(metadata(brief, at(250), trace("a", 110, 200)).status())
          .isEqualTo(SessionStatus.IN_PROGRESS);
      assertThat(metadata(brief, at(251), trace("a", 110, 200)).status())
          .isEqualTo(SessionStatus.COMPLETED);
      assertThat(metadata(brief, at(250), open("a", 200)).status())
          .isEqualTo(SessionStatus.IN_PROGRESS);
    }

    private static void assertStatus(
        SessionStanding standing,
        Instant now,
        SessionStatus status,
        String reason,
        Trace.Builder... traces) {
      SessionMetadata metadata = metadata(standing, now, traces);

      assertThat(metadata.status()).isEqualTo(status);
      assertThat(metadata.statusReason()).isEqualTo(reason);
    }
  }

  @Test
  void sumsTracesUp() {
    TokenUsage usage = TokenUsage.builder().totalTokens(5L).build();
    SessionMetadata metadata =
        metadata(
            ENDED,
            SOON,
            failed("a", 10, 20).callNumber(1).metadata(took(10).usage(usage).build()),
            trace("b", 30, 200)
                .callNumber(2)
                .metadata(took(170).requestModel("m").provider("p").usage(usage).build()),
            trace("c", 150, 160).callNumber(3).stepIndex(7),
            open("d", 180).callNumber(4).stepIndex(7));

    assertThat(metadata.sessionId()).isEqualTo("session");
    assertThat(metadata.totalSteps()).isEqualTo(2);
    assertThat(metadata.totalTraces()).isEqualTo(4);
    assertThat(metadata.totalCalls()).isEqualTo(3);
    assertThat(metadata.retryCount()).isEqualTo(1);
    assertThat(metadata.errorCount()).isEqualTo(1);
    assertThat(metadata.startTime()).isEqualTo(at(10));
    assertThat(metadata.endTime()).isEqualTo(at(200));
    assertThat(metadata.durationMs()).isEqualTo(190);
    assertThat(metadata.modelsUsed()).containsExactly("m");
    assertThat(metadata.providers()).containsExactly("p");
    assertThat(metadata.totalTokens()).isEqualTo(10);
    assertThat(metadata.lastCallNumber()).isEqualTo(4);
    assertThat(metadata.lostTraces()).isZero();
  }

  @Test
  void tellsGapInCallNumbersAsLoss() {
    SessionMetadata metadata = metadata(NEW, SOON, trace("a", 0, 10).callNumber(5));

    assertThat(metadata.lostTraces()).isEqualTo(4);
  }

  @Test
  void tellsTheGreaterOfKnownLossAndGap() {
    SessionStanding lossy =
        NEW.apply(SessionUpdate.lost("session", at(1), 2))
            .apply(SessionUpdate.lost("session", at(2), 7));

    assertThat(metadata(lossy, SOON, trace("a", 0, 10).callNumber(5)).lostTraces()).isEqualTo(9);
  }

  @Test
  void isEmptyWithoutTraces() {
    SessionMetadata metadata = metadata(ENDED, SOON);

    assertThat(metadata.totalSteps()).isZero();
    assertThat(metadata.startTime()).isNull();
    assertThat(metadata.durationMs()).isZero();
    assertThat(metadata.usage()).isEqualTo(TokenUsage.unknown());
  }

  private static SessionMetadata metadata(
      SessionStanding standing, Instant now, Trace.Builder... traces) {
    var built = Stream.of(traces).map(Trace.Builder::build).toList();
    return SessionFigures.of("session", built, standing).toMetadata(now);
  }
}
