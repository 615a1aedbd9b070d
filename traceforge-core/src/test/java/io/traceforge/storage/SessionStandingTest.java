package io.traceforge.storage;

import static io.traceforge.trace.Traces.at;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.FinalState;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SessionStandingTest {
  private static final String ID = "session";

  @Test
  void keepsFirstEndAndFirstFailure() {
    SessionStanding standing =
        SessionStanding.initial()
            .apply(SessionUpdate.failed(ID, at(10), "first"))
            .apply(SessionUpdate.failed(ID, at(20), "second"))
            .apply(SessionUpdate.ended(ID, at(30)));

    assertThat(standing.endedAt()).isEqualTo(at(10));
    assertThat(standing.failure()).isEqualTo("first");
    assertThat(standing.lastUpdate()).isEqualTo(at(30));
  }

  @Test
  void takesEndAndFailureBackOnResumption() {
    SessionStanding standing =
        SessionStanding.initial()
            .apply(SessionUpdate.timeout(ID, at(1), Duration.ofSeconds(5)))
            .apply(SessionUpdate.lost(ID, at(2), 3))
            .apply(SessionUpdate.failed(ID, at(10), "first"))
            .apply(SessionUpdate.resumed(ID, at(20)));

    assertThat(standing)
        .isEqualTo(
            SessionStanding.initial().toBuilder()
                .timeout(Duration.ofSeconds(5))
                .lostTraces(3)
                .lastUpdate(at(20))
                .build());
    assertThat(standing.apply(SessionUpdate.ended(ID, at(30))).endedAt()).isEqualTo(at(30));
  }

  @Test
  void keepsTheLatestFinalStateUntilAResumption() {
    SessionStanding standing =
        SessionStanding.initial()
            .apply(SessionUpdate.ended(ID, at(1)).withFinalState(FinalState.of(1, "{}")))
            .apply(SessionUpdate.failed(ID, at(2), "why").withFinalState(FinalState.of(2, "{}")))
            .apply(SessionUpdate.lost(ID, at(3), 1));

    assertThat(standing.finalState()).isEqualTo(FinalState.of(2, "{}"));
    assertThat(standing.apply(SessionUpdate.resumed(ID, at(4))).finalState()).isNull();
  }

  @Test
  void takesLatestTimeOfUpdatesOutOfOrder() {
    SessionStanding standing =
        SessionStanding.initial()
            .apply(SessionUpdate.ended(ID, at(20)))
            .apply(SessionUpdate.lost(ID, at(10), 1));

    assertThat(standing.lastUpdate()).isEqualTo(at(20));
    assertThat(standing.lostTraces()).isEqualTo(1);
    assertThat(standing.timeout()).isEqualTo(SessionUpdate.DEFAULT_TIMEOUT);
  }
}
