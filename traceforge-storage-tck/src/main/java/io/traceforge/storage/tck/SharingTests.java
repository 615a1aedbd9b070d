package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What threads that share a backend must not do to each other. */
abstract class SharingTests extends ContractTests {
  private static final int THREADS = 4;
  private static final int UPDATES = 50;
  private static final int ROUNDS = 40;
  private static final int BATCH = 20;

  SharingTests(StorageBackendContract contract) {
    super(contract);
  }

  @Test
  void anInterruptedReaderHarmsNobody() throws Exception {
    save(Samples.success(1, 0, 0, 1).build());
    together(List.of(interrupted(() -> storage.getTrace(Samples.id(1)))));
    together(List.of(interrupted(() -> storage.listSessions())));
    assertThat(storage.getTrace(Samples.id(1))).isPresent();
    assertThat(storage.listSessions()).hasSize(1);
    save(Samples.success(2, 0, 2, 3).build());
    assertThat(storage.listTracesBySession(Samples.SESSION)).hasSize(2);
  }

  /** A backend may answer or refuse. */
  private static Callable<Void> interrupted(Runnable read) {
    return () -> {
      Thread.currentThread().interrupt();
      try {
        read.run();
      } catch (RuntimeException refused) {
        // What matters is what the others can do afterwards.
      }
      return null;
    };
  }

  private Void lose() {
    for (int n = 0; n < UPDATES; n++) {
      storage.updateSession(SessionUpdate.lost(Samples.SESSION, Samples.at(n), 1));
    }
    return null;
  }

  @Test
  void factsThatComeAtTheSameTimeAllCount() throws Exception {
    together(Collections.nCopies(THREADS, this::lose));
    assertThat(metadata(Samples.SESSION).lostTraces()).isEqualTo(THREADS * UPDATES);
  }

  @Test
  void factsAndTracesThatComeAtTheSameTimeAllCount() throws Exception {
    Callable<Void> saving =
        () -> {
          for (int n = 0; n < UPDATES; n++) {
            save(Samples.success(n, 0, n, n + 1).build());
          }
          return null;
        };
    together(List.of(this::lose, saving));
    assertThat(metadata(Samples.SESSION).lostTraces()).isEqualTo(UPDATES);
    assertThat(metadata(Samples.SESSION).totalTraces()).isEqualTo(UPDATES);
  }

  @Test
  void aReaderSeesADeletedSessionWholeOrNotAtAll() throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    List<Trace> batch =
        IntStream.range(0, BATCH).mapToObj(n -> Samples.success(n, n, n, n + 1).build()).toList();
    Callable<Void> writing =
        () -> {
          try {
            for (int round = 0; round < ROUNDS; round++) {
              storage.saveTraces(batch);
              storage.deleteSession(Samples.SESSION);
            }
          } finally {
            done.set(true);
          }
          return null;
        };
    together(List.of(writing, () -> readUntil(done), () -> readUntil(done)));
    assertThat(storage.getSessionMetadata(Samples.SESSION)).isEmpty();
  }

  private Void readUntil(AtomicBoolean done) {
    TraceQuery query = TraceQuery.ofSession(Samples.SESSION).withLimit(1_000);
    do {
      assertThat(storage.listTraces(query).items().size()).isIn(0, BATCH);
      assertThat(storage.getSessionMetadata(Samples.SESSION).map(SessionMetadata::totalTraces))
          .satisfiesAnyOf(
              none -> assertThat(none).isEmpty(), all -> assertThat(all).contains(BATCH));
    } while (!done.get());
    return null;
  }
}
