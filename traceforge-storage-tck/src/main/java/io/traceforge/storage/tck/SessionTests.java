package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The figures of a session. */
abstract class SessionTests extends ContractTests {
  SessionTests(StorageBackendContract contract) {
    super(contract);
  }

  private SessionMetadata metadata() {
    return metadata(Samples.SESSION);
  }

  @Test
  void anUnknownSessionHasNone() {
    assertThat(storage.getSessionMetadata("unknown")).isEmpty();
    assertThat(storage.getTimeline("unknown")).isEmpty();
    assertThat(storage.listSessions()).isEmpty();
  }

  @Test
  void countsOfStepsCallsTracesAndErrors() {
    save(Samples.success(1, 0, 0, 10).build(), Samples.failure(2, 0, 0, 10).build());
    save(Samples.success(3, 4, 20, 30).build(), Samples.open(4, 4, 20).build());
    SessionMetadata metadata = metadata();
    assertThat(metadata.sessionId()).isEqualTo(Samples.SESSION);
    assertThat(metadata.totalSteps()).isEqualTo(2);
    assertThat(metadata.totalCalls()).isEqualTo(4);
    assertThat(metadata.totalTraces()).isEqualTo(4);
    assertThat(metadata.errorCount()).isEqualTo(1);
    assertThat(metadata.retryCount()).isZero();
    assertThat(metadata.lastCallNumber()).isEqualTo(4);
    assertThat(metadata.lostTraces()).isZero();
  }

  @Test
  void durationRunsFromTheFirstStartToTheLastEnd() {
    save(Samples.success(2, 0, 100, 900).build());
    save(Samples.success(3, 1, 200, 300).build());
    save(Samples.success(1, 0, 50, 60).build());
    assertThat(metadata().startTime()).isEqualTo(Samples.at(50));
    assertThat(metadata().endTime()).isEqualTo(Samples.at(900));
    assertThat(metadata().durationMs()).isEqualTo(850);
  }

  @Test
  void durationIsZeroUntilACallHasEnded() {
    save(Samples.open(1, 0, 100).build());
    assertThat(metadata().startTime()).isEqualTo(Samples.at(100));
    assertThat(metadata().endTime()).isNull();
    assertThat(metadata().durationMs()).isZero();
  }

  private static Trace metered(int n, String model, String provider, TokenUsage usage) {
    TraceMetadata metadata =
        TraceMetadata.builder().requestModel(model).provider(provider).usage(usage).build();
    return Samples.success(n, n, n, n + 1).metadata(metadata).build();
  }

  @Test
  void modelsAndProvidersOnceEachInAlphabeticalOrder() {
    save(metered(1, "b", "q", TokenUsage.unknown()), metered(2, "a", "p", TokenUsage.unknown()));
    save(metered(3, "b", "p", TokenUsage.unknown()));
    assertThat(metadata().modelsUsed()).containsExactly("a", "b");
    assertThat(metadata().providers()).containsExactly("p", "q");
  }

  @Test
  void usageIsSummedByKindAndUnknownStaysUnknown() {
    TokenUsage some = TokenUsage.builder().inputTokens(5L).totalTokens(0L).build();
    save(metered(1, "m", "p", some), metered(2, "m", "p", TokenUsage.unknown()));
    assertThat(metadata().usage()).isEqualTo(some);
    save(metered(3, "m", "p", Samples.usage(1)), metered(4, "m", "p", Samples.usage(10)));
    assertThat(metadata().usage()).isEqualTo(some.plus(Samples.usage(11)));
    assertThat(metadata().totalTokens()).isEqualTo(330);
  }

  @Test
  void usageThatComesWithTheEndIsCountedOnce() {
    TraceMetadata begun = TraceMetadata.builder().requestModel("m").provider("p").build();
    save(Samples.open(1, 1, 1).metadata(begun).build());
    save(metered(1, "m", "p", Samples.usage(1)));
    save(metered(1, "m", "p", Samples.usage(1)));
    assertThat(metadata().usage()).isEqualTo(Samples.usage(1));
    assertThat(metadata().modelsUsed()).containsExactly("m");
  }

  @Test
  void aChangedUsageReplacesTheFirst() {
    save(metered(1, "m", "p", Samples.usage(1)), metered(2, "n", "p", Samples.usage(100)));
    save(metered(1, "x", "y", Samples.usage(2)));
    assertThat(metadata().usage()).isEqualTo(Samples.usage(102));
    assertThat(metadata().modelsUsed()).containsExactly("n", "x");
    assertThat(metadata().providers()).containsExactly("p", "y");
  }

  @Test
  void aGapInTheCallNumbersIsALoss() {
    save(Samples.success(1, 0, 0, 1).build(), Samples.success(4, 0, 5, 6).build());
    assertThat(metadata().lostTraces()).isEqualTo(2);
    save(Samples.success(2, 0, 2, 3).build(), Samples.success(3, 0, 3, 4).build());
    assertThat(metadata().lostTraces()).isZero();
  }

  @Test
  void lossesThatWereToldAddUp() {
    save(Samples.success(1, 0, 0, 1).build());
    storage.updateSession(SessionUpdate.lost(Samples.SESSION, Samples.at(1), 2));
    storage.updateSession(SessionUpdate.lost(Samples.SESSION, Samples.at(2), 3));
    assertThat(metadata().lostTraces()).isEqualTo(5);
  }

  @Test
  void anUpdateMakesASessionKnown() {
    storage.updateSession(SessionUpdate.ended(Samples.SESSION, Samples.at(0)));
    assertThat(metadata().totalTraces()).isZero();
    assertThat(metadata().startTime()).isNull();
    assertThat(storage.listSessions()).containsExactly(metadata());
    assertThat(storage.getTimeline(Samples.SESSION).orElseThrow().steps()).isEmpty();
  }

  @Test
  void anUpdateBeforeTheTracesIsKept() {
    storage.updateSession(SessionUpdate.lost(Samples.SESSION, Samples.at(0), 1));
    save(Samples.success(1, 0, 0, 1).build());
    assertThat(metadata().lostTraces()).isEqualTo(1);
    assertThat(metadata().totalTraces()).isEqualTo(1);
  }

  @Test
  void aTraceWithoutSessionBelongsToNone() {
    Trace alone = Samples.bare(1).status(TraceStatus.SUCCESS).build();
    save(alone);
    assertThat(storage.listSessions()).isEmpty();
    assertThat(stored(alone.id())).isEqualTo(alone);
  }

  @Test
  void sessionsDoNotMix() {
    save(Samples.success(1, 0, 0, 1).build());
    save(Samples.failure(2, 0, 0, 9).sessionId("other").build());
    assertThat(metadata().totalTraces()).isEqualTo(1);
    assertThat(metadata().errorCount()).isZero();
    assertThat(metadata("other").errorCount()).isEqualTo(1);
    assertThat(ids(storage.listTracesBySession("other"))).containsExactly(Samples.id(2));
  }

  @Test
  void listedSessionsAreAsTheyAreAlone() {
    save(Samples.full(1).build(), Samples.full(2).sessionId("other").build());
    storage.updateSession(SessionUpdate.failed("other", Samples.at(1), "why"));
    assertThat(storage.listSessions()).containsExactlyInAnyOrder(metadata(), metadata("other"));
  }

  @Test
  void theTimelineHasStepsCallsAndAttempts() {
    Trace first = Samples.failure(1, 0, 0, 1).request(Samples.request("same")).build();
    Trace second = Samples.success(2, 0, 2, 3).request(Samples.request("same")).build();
    Trace third = Samples.success(3, 1, 4, 5).build();
    save(third, second, first);
    SessionTimeline timeline = storage.getTimeline(Samples.SESSION).orElseThrow();
    assertThat(timeline.metadata()).isEqualTo(metadata());
    assertThat(timeline.steps()).extracting(SessionTimeline.Step::index).containsExactly(0, 1);
    assertThat(timeline.steps().get(0).calls())
        .extracting(SessionTimeline.Call::attempts)
        .containsExactly(List.of(first, second));
  }
}
