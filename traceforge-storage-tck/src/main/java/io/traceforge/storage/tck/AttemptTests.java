package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceMetadata;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which traces of a step are attempts of one call, and which are calls side by side. */
abstract class AttemptTests extends ContractTests {
  AttemptTests(StorageBackendContract contract) {
    super(contract);
  }

  private void callsAre(int calls, int retries) {
    SessionMetadata metadata = metadata(Samples.SESSION);
    assertThat(metadata.totalCalls()).isEqualTo(calls);
    assertThat(metadata.retryCount()).isEqualTo(retries);
  }

  private static Trace.Builder same(Trace.Builder trace) {
    return trace.request(Samples.request("same"));
  }

  private static Trace marked(Trace.Builder trace, @Nullable Integer retryCount) {
    TraceMetadata metadata = trace.build().metadata().toBuilder().retryCount(retryCount).build();
    return same(trace).metadata(metadata).build();
  }

  @Test
  void theSameRequestAfterTheFirstHasEndedIsARetry() {
    save(same(Samples.failure(1, 0, 0, 10)).build(), same(Samples.success(2, 0, 10, 20)).build());
    callsAre(1, 1);
    assertThat(metadata(Samples.SESSION).status()).isEqualTo(SessionStatus.IN_PROGRESS);
    assertThat(metadata(Samples.SESSION).errorCount()).isEqualTo(1);
  }

  @Test
  void theSameRequestAfterAnAnswerIsAnotherCall() {
    save(same(Samples.success(1, 0, 0, 10)).build(), same(Samples.success(2, 0, 10, 20)).build());
    callsAre(2, 0);
    save(same(Samples.failure(3, 0, 20, 30)).build(), same(Samples.success(4, 0, 30, 40)).build());
    callsAre(3, 1);
  }

  @Test
  void theOutcomeIsThatOfTheLastAttempt() {
    save(same(Samples.failure(1, 0, 0, 10)).build());
    save(same(Samples.failure(2, 0, 10, 20)).build());
    callsAre(1, 1);
    storage.updateSession(SessionUpdate.ended(Samples.SESSION, Samples.at(30)));
    assertThat(metadata(Samples.SESSION).status()).isEqualTo(SessionStatus.FAILED);
  }

  @Test
  void theSameRequestAtTheSameTimeIsASibling() {
    save(same(Samples.success(1, 0, 0, 10)).build(), same(Samples.success(2, 0, 9, 20)).build());
    callsAre(2, 0);
  }

  @Test
  void anotherRequestIsASibling() {
    save(Samples.success(1, 0, 0, 10).build(), Samples.success(2, 0, 20, 30).build());
    callsAre(2, 0);
  }

  @Test
  void theSameRequestInAnotherStepIsAnotherCall() {
    save(same(Samples.success(1, 0, 0, 10)).build(), same(Samples.success(2, 1, 20, 30)).build());
    callsAre(2, 0);
  }

  @Test
  void theMarkJoinsAttempts() {
    save(marked(Samples.failure(1, 0, 0, 10), 0), marked(Samples.failure(2, 0, 11, 20), 1));
    save(marked(Samples.success(3, 0, 21, 30), 2));
    callsAre(1, 2);
    assertThat(metadata(Samples.SESSION).status()).isEqualTo(SessionStatus.IN_PROGRESS);
  }

  @Test
  void theMarkOfAFirstAttemptBeginsACall() {
    save(marked(Samples.success(1, 0, 0, 10), 0), marked(Samples.success(2, 0, 11, 20), 0));
    callsAre(2, 0);
  }

  @Test
  void parallelCallsRetriedSideBySide() {
    save(marked(Samples.failure(1, 0, 0, 10), 0), marked(Samples.failure(2, 0, 1, 11), 0));
    save(marked(Samples.success(3, 0, 12, 20), 1), marked(Samples.success(4, 0, 13, 21), 1));
    callsAre(2, 2);
  }

  @Test
  void attemptsMayComeInAnyOrder() {
    save(marked(Samples.success(3, 0, 21, 30), 2));
    callsAre(1, 0);
    save(marked(Samples.failure(1, 0, 0, 10), 0));
    callsAre(2, 0);
    save(marked(Samples.failure(2, 0, 11, 20), 1));
    callsAre(1, 2);
  }

  @Test
  void anEndMayTurnASiblingIntoARetry() {
    save(same(Samples.open(1, 0, 0)).build(), same(Samples.success(2, 0, 20, 30)).build());
    callsAre(2, 0);
    save(same(Samples.failure(1, 0, 0, 10)).build());
    callsAre(1, 1);
    assertThat(metadata(Samples.SESSION).status()).isEqualTo(SessionStatus.IN_PROGRESS);
  }

  @Test
  void anAttemptThatWasNeverAnsweredIsNotOpenOnceItWasRetried() {
    save(marked(Samples.open(1, 0, 0), 0), marked(Samples.success(2, 0, 20, 30), 1));
    storage.updateSession(SessionUpdate.ended(Samples.SESSION, Samples.at(40)));
    clock.set(Samples.START.plus(SessionUpdate.DEFAULT_TIMEOUT.multipliedBy(2)));
    assertThat(metadata(Samples.SESSION).status()).isEqualTo(SessionStatus.COMPLETED);
  }

  @Test
  void usageOfAllAttemptsCounts() {
    Trace.Builder first = same(Samples.failure(1, 0, 0, 10));
    Trace.Builder second = same(Samples.success(2, 0, 10, 20));
    save(first.metadata(Samples.lasting(10).usage(Samples.usage(1)).build()).build());
    save(second.metadata(Samples.lasting(10).usage(Samples.usage(2)).build()).build());
    callsAre(1, 1);
    assertThat(metadata(Samples.SESSION).usage()).isEqualTo(Samples.usage(3));
  }

  @Test
  void manyCallsInOneStep() {
    for (int batch = 0; batch < 10; batch++) {
      int first = batch * 100;
      storage.saveTraces(
          IntStream.range(first, first + 100)
              .mapToObj(n -> Samples.success(n, 0, n, n + 50).build())
              .toList());
    }
    save(Samples.failure(500, 0, 500, 550).build());
    callsAre(1_000, 0);
    storage.updateSession(SessionUpdate.ended(Samples.SESSION, Samples.at(2_000)));
    assertThat(metadata(Samples.SESSION).statusReason()).contains("no 500");
  }
}
