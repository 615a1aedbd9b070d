package io.traceforge.pricing;

import static io.traceforge.pricing.PricedCalls.NOON;
import static io.traceforge.pricing.PricedCalls.call;
import static io.traceforge.pricing.PricedCalls.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.traceforge.TraceForge;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.SessionTimeline.Step;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.math.BigDecimal;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What sessions, steps and calls cost together. */
class SessionCostTest {
  private final PriceBook book =
      PriceBook.builder().add("openai", "known", Price.of("1", "2")).build();
  private final StorageBackend storage = new InMemoryStorageBackend();

  @Test
  void aSessionCostsItsKnownPartAndCountsTheRest() {
    storage.saveTraces(
        List.of(trace("a", 0, 0, "known"), trace("b", 1, 10, "other"), trace("c", 2, 20, "known")));

    Cost cost = book.costOf(storage, "session");

    assertThat(cost.knownUsd()).isEqualByComparingTo("0.002");
    assertThat(cost.unknownTraces()).isEqualTo(1);
    assertThat(cost.unknownReasons()).singleElement().asString().contains("\"other\"");
    assertThat(cost.isKnown()).isFalse();
    assertThat(cost.usd()).isEmpty();
    assertThat(cost).hasToString("0.002 USD and 1 trace of unknown cost");
  }

  @Test
  void everyPageOfALongSessionCounts() {
    storage.saveTraces(
        IntStream.range(0, 173).mapToObj(i -> trace("t" + i, i, i, "known")).toList());
    storage.saveTrace(trace("elsewhere", 0, 0, "known").toBuilder().sessionId("another").build());

    assertThat(book.costOf(storage, "session")).isEqualTo(Cost.of(new BigDecimal("0.173")));
  }

  @Test
  void aSessionWithoutTracesCostsNothing() {
    storage.updateSession(SessionUpdate.ended("quiet", NOON));

    assertThat(book.costOf(storage, "quiet")).isEqualTo(Cost.ZERO);
  }

  @Test
  void aSessionThatIsNotStoredHasNoCost() {
    assertThatExceptionOfType(NoSuchElementException.class)
        .isThrownBy(() -> book.costOf(storage, "nope"))
        .withMessage("no session \"nope\"");
  }

  @Test
  void aBudgetMayBeAskedForBeforeTheFirstCall() {
    try (TraceForge traceForge = TraceForge.open("memory:")) {
      String session = traceForge.startSession().getSessionId();
      assertThat(traceForge.costOf(session)).isEqualTo(Cost.ZERO);
    }
  }

  @Test
  void aTimelineCostsByStepAndCallWithAllAttempts() {
    storage.saveTraces(
        List.of(
            trace("a", 0, 0, "known").toBuilder().status(TraceStatus.ERROR).build(),
            trace("retry of a", 0, 100, "known"),
            trace("b", 1, 200, "known")));
    SessionTimeline timeline = storage.getTimeline("session").orElseThrow();

    Step first = timeline.steps().get(0);
    assertThat(first.calls()).hasSize(1);
    assertThat(book.costOf(first.calls().get(0)).knownUsd()).isEqualByComparingTo("0.002");
    assertThat(book.costOf(first).knownUsd()).isEqualByComparingTo("0.002");
    assertThat(book.costOf(timeline.steps().get(1)).knownUsd()).isEqualByComparingTo("0.001");
    assertThat(book.costOf(timeline)).isEqualTo(book.costOf(storage, "session"));
  }

  @Test
  void traceForgeComputesByThePricesThatItWasGiven() {
    storage.saveTrace(trace("a", 0, 0, "known"));

    try (TraceForge traceForge = TraceForge.builder().storage(storage).prices(book).build()) {
      assertThat(traceForge.costOf("session")).isEqualTo(Cost.of(new BigDecimal("0.001")));
      assertThat(traceForge.config().prices()).isSameAs(book);
    }
    assertThat(TraceForge.open("memory:").config().prices()).isSameAs(PriceBook.standard());
  }

  /** A call of 1000 input tokens, which cost a thousandth of a dollar if the model is known. */
  private static Trace trace(String id, int step, int second, String model) {
    Trace trace = call("openai", model, tokens(1000, 0).build()).build();
    return trace.toBuilder()
        .id(id)
        .stepIndex(step)
        .callNumber(1)
        .startTime(NOON.plusSeconds(second))
        .metadata(
            trace.metadata().toBuilder()
                .timing(
                    io.traceforge.trace.TraceTiming.builder()
                        .total(java.time.Duration.ofSeconds(1))
                        .build())
                .build())
        .build();
  }
}
