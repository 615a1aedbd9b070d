package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Versions of one trace become one, and a batch is stored whole or not at all. */
abstract class MergingTests extends ContractTests {
  MergingTests(StorageBackendContract contract) {
    super(contract);
  }

  private static final Trace BEGUN = Samples.open(1, 0, 0).build();
  private static final Trace ENDED = Samples.success(1, 0, 0, 50).build();

  @Test
  void theEndReplacesTheBeginning() {
    save(BEGUN);
    save(ENDED);
    assertThat(storage.listTracesBySession(Samples.SESSION)).containsExactly(ENDED);
    assertThat(metadata(Samples.SESSION).totalTraces()).isEqualTo(1);
  }

  @Test
  void aLateBeginningDoesNotReplaceTheEnd() {
    save(ENDED);
    save(BEGUN);
    assertThat(stored(ENDED.id())).isEqualTo(ENDED);
    assertThat(metadata(Samples.SESSION).endTime()).isEqualTo(Samples.at(50));
  }

  @Test
  void aLateBeginningDoesNotMakeItsSessionKnown() {
    save(ENDED);
    save(BEGUN.toBuilder().sessionId("other").build());
    assertThat(storage.getSessionMetadata("other")).isEmpty();
  }

  @Test
  void bothMayStandInOneBatchInAnyOrder() {
    Trace begun = Samples.open(2, 0, 0).build();
    Trace ended = Samples.failure(2, 0, 0, 9).build();
    save(BEGUN, ENDED, ended, begun);
    assertThat(storage.listTracesBySession(Samples.SESSION)).containsExactly(ENDED, ended);
    assertThat(metadata(Samples.SESSION).totalTraces()).isEqualTo(2);
  }

  @Test
  void anEndReplacesAnotherEnd() {
    save(Samples.full(1).sessionId(Samples.SESSION).stepIndex(0).build());
    save(ENDED);
    assertThat(stored(ENDED.id())).isEqualTo(ENDED);
    assertThat(metadata(Samples.SESSION).modelsUsed()).isEmpty();
    assertThat(metadata(Samples.SESSION).errorCount()).isZero();
    assertThat(metadata(Samples.SESSION).endTime()).isEqualTo(Samples.at(50));
    assertThat(metadata(Samples.SESSION).usage().totalTokens()).isNull();
  }

  @Test
  void aCallInProgressMayBeToldAgain() {
    save(BEGUN);
    Trace more = BEGUN.toBuilder().stateJson("{\"a\":1}").build();
    save(more);
    assertThat(stored(BEGUN.id())).isEqualTo(more);
  }

  @Test
  void aTraceThatMovesTakesItsFiguresAlong() {
    save(BEGUN, Samples.success(2, 0, 0, 70).build());
    save(ENDED.toBuilder().sessionId("other").stepIndex(3).build());
    assertThat(metadata(Samples.SESSION).totalTraces()).isEqualTo(1);
    assertThat(metadata("other").totalTraces()).isEqualTo(1);
    assertThat(ids(storage.listTracesBySession(Samples.SESSION))).containsExactly(Samples.id(2));
  }

  @Test
  void theSameBatchTwiceIsTheSameAsOnce() {
    List<Trace> batch = List.of(ENDED, Samples.full(2).build(), Samples.open(3, 1, 5).build());
    storage.saveTraces(batch);
    var once = metadata(Samples.SESSION);
    storage.saveTraces(batch);
    assertThat(metadata(Samples.SESSION)).isEqualTo(once);
    assertThat(storage.listTraces(TraceQuery.all()).items()).hasSize(3);
  }

  @Test
  void anEmptyBatchChangesNothing() {
    storage.saveTraces(List.of());
    assertThat(storage.listTraces(TraceQuery.all()).items()).isEmpty();
  }

  @Test
  void theBatchIsTheCallersAfterwards() {
    List<Trace> batch = new ArrayList<>(List.of(ENDED));
    storage.saveTraces(batch);
    batch.set(0, Samples.bare(9).build());
    assertThat(storage.listTraces(TraceQuery.all()).items()).containsExactly(ENDED);
  }

  @Test
  void aBatchWithANullIsNotStoredAtAll() {
    save(BEGUN);
    List<Trace> batch = Arrays.asList(ENDED, Samples.success(2, 0, 1, 2).build(), null);
    assertThatThrownBy(() -> storage.saveTraces(batch)).isInstanceOf(RuntimeException.class);
    assertThat(storage.listTraces(TraceQuery.all()).items()).containsExactly(BEGUN);
    assertThat(metadata(Samples.SESSION).totalTraces()).isEqualTo(1);
    save(ENDED);
    assertThat(stored(ENDED.id()).status()).isEqualTo(TraceStatus.SUCCESS);
  }

  @Test
  void aBatchIsOfAnySize() {
    List<Trace> batch =
        IntStream.range(0, 3_000)
            .mapToObj(n -> Samples.success(n, n % 7, n, n + 1).build())
            .toList();
    storage.saveTraces(batch);
    assertThat(storage.listTracesBySession(Samples.SESSION)).hasSize(3_000);
    assertThat(new HashSet<>(storage.listTracesBySession(Samples.SESSION)))
        .isEqualTo(new HashSet<>(batch));
    assertThat(metadata(Samples.SESSION).totalTraces()).isEqualTo(3_000);
    assertThat(metadata(Samples.SESSION).totalSteps()).isEqualTo(7);
  }
}
