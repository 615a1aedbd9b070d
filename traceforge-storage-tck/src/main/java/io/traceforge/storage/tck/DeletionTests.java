package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A deleted session is gone, and nothing else. */
abstract class DeletionTests extends ContractTests {
  DeletionTests(StorageBackendContract contract) {
    super(contract);
  }

  @Test
  void takesTheTracesAlong() {
    save(Samples.full(1).build(), Samples.failure(2, 0, 0, 1).build());
    save(Samples.success(3, 0, 0, 1).sessionId("other").build(), Samples.bare(4).build());
    assertThat(storage.deleteSession(Samples.SESSION)).isTrue();
    assertThat(storage.getTrace(Samples.id(1))).isEmpty();
    assertThat(storage.listTracesBySession(Samples.SESSION)).isEmpty();
    assertThat(storage.getSessionMetadata(Samples.SESSION)).isEmpty();
    assertThat(ids(storage.listTraces(TraceQuery.all()).items()))
        .containsExactlyInAnyOrder(Samples.id(3), Samples.id(4));
    assertThat(storage.listSessions()).containsExactly(metadata("other"));
  }

  @Test
  void tellsWhetherTheSessionWasKnown() {
    assertThat(storage.deleteSession(Samples.SESSION)).isFalse();
    storage.updateSession(SessionUpdate.ended(Samples.SESSION, Samples.at(0)));
    assertThat(storage.deleteSession(Samples.SESSION)).isTrue();
    assertThat(storage.deleteSession(Samples.SESSION)).isFalse();
  }

  @Test
  void aSessionOfTheSameIdBeginsAnew() {
    save(Samples.full(1).build(), Samples.failure(2, 9, 0, 1).build());
    storage.updateSession(SessionUpdate.failed(Samples.SESSION, Samples.at(0), "why"));
    storage.deleteSession(Samples.SESSION);
    save(Samples.success(1, 0, 5, 6).build());
    assertThat(metadata(Samples.SESSION).status()).isEqualTo(SessionStatus.IN_PROGRESS);
    assertThat(metadata(Samples.SESSION).totalTraces()).isEqualTo(1);
    assertThat(metadata(Samples.SESSION).totalSteps()).isEqualTo(1);
    assertThat(metadata(Samples.SESSION).usage().totalTokens()).isNull();
    assertThat(metadata(Samples.SESSION).startTime()).isEqualTo(Samples.at(5));
  }

  @Test
  void aSessionIsOfAnySize() {
    List<Trace> traces =
        IntStream.range(0, 2_500).mapToObj(n -> Samples.success(n, n, n, n + 1).build()).toList();
    storage.saveTraces(traces);
    save(Samples.success(3_000, 0, 0, 1).sessionId("other").build());
    assertThat(storage.deleteSession(Samples.SESSION)).isTrue();
    assertThat(ids(storage.listTraces(TraceQuery.all()).items()))
        .containsExactly(Samples.id(3_000));
  }

  @Test
  void figuresOfOthersStay() {
    save(Samples.failure(1, 0, 0, 9).sessionId("other").build());
    SessionMetadata before = metadata("other");
    save(Samples.full(2).build(), Samples.success(3, 0, 0, 1).build());
    storage.deleteSession(Samples.SESSION);
    assertThat(metadata("other")).isEqualTo(before);
  }
}
