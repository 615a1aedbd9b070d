package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.FinalState;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Where a session stood when it ended. */
abstract class FinalStateTests extends ContractTests {
  private static final FinalState STOOD = FinalState.of(3, "{\"a\": \"\\ud800 \u0000é\"}");

  FinalStateTests(StorageBackendContract contract) {
    super(contract);
  }

  private void end(String session, FinalState stood) {
    storage.updateSession(SessionUpdate.ended(session, Samples.at(9)).withFinalState(stood));
  }

  @Test
  void isToldToTheCharacter() {
    save(Samples.success(1, 0, 0, 1).build());
    assertThat(metadata(Samples.SESSION).finalState()).isNull();
    end(Samples.SESSION, STOOD);
    assertThat(metadata(Samples.SESSION).finalState()).isEqualTo(STOOD);
    assertThat(storage.getTimeline(Samples.SESSION).orElseThrow().metadata().finalState())
        .isEqualTo(STOOD);
  }

  @Test
  void theLatestOneCounts() {
    end(Samples.SESSION, STOOD);
    end(Samples.SESSION, FinalState.of(0, "{}"));
    assertThat(metadata(Samples.SESSION).finalState()).isEqualTo(FinalState.of(0, "{}"));
  }

  @Test
  void otherFactsAndTracesLeaveItAlone() {
    end(Samples.SESSION, STOOD);
    storage.updateSession(SessionUpdate.lost(Samples.SESSION, Samples.at(10), 1));
    storage.updateSession(SessionUpdate.failed(Samples.SESSION, Samples.at(11), "late"));
    save(Samples.success(1, 0, 0, 1).build());
    assertThat(metadata(Samples.SESSION).finalState()).isEqualTo(STOOD);
  }

  @Test
  void aResumptionTakesItBack() {
    end(Samples.SESSION, STOOD);
    storage.updateSession(SessionUpdate.resumed(Samples.SESSION, Samples.at(10)));
    assertThat(metadata(Samples.SESSION).finalState()).isNull();
  }

  @Test
  void listsLeaveItOut() {
    save(Samples.success(1, 0, 0, 1).build());
    end(Samples.SESSION, STOOD);
    assertThat(storage.listSessions())
        .containsExactly(metadata(Samples.SESSION).toBuilder().finalState(null).build());
  }

  @Test
  void goesWithItsSession() {
    end(Samples.SESSION, STOOD);
    storage.deleteSession(Samples.SESSION);
    save(Samples.success(1, 0, 0, 1).build(), Samples.success(2, 0, 0, 1).sessionId("b").build());
    assertThat(metadata(Samples.SESSION).finalState()).isNull();
    assertThat(metadata("b").finalState()).isNull();
  }

  @Test
  void sessionsDoNotMix() {
    end(Samples.SESSION, STOOD);
    end("b", FinalState.of(1, "{}"));
    assertThat(metadata(Samples.SESSION).finalState()).isEqualTo(STOOD);
    assertThat(metadata("b").finalState()).isEqualTo(FinalState.of(1, "{}"));
  }

  @Test
  void isThereAfterOpeningAgain() {
    end(Samples.SESSION, STOOD);
    storage.close();
    var reopened = contract.reopen(clock);
    Assumptions.assumeTrue(reopened.isPresent(), "this backend forgets what it stored");
    storage = reopened.orElseThrow();
    assertThat(metadata(Samples.SESSION).finalState()).isEqualTo(STOOD);
  }
}
