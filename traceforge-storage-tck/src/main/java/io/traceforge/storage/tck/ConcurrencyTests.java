package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.Page;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many threads at once. */
abstract class ConcurrencyTests extends ContractTests {
  private static final int WRITERS = 4;
  private static final int BATCHES = 10;
  private static final int BATCH = 10;

  ConcurrencyTests(StorageBackendContract contract) {
    super(contract);
  }

  private Callable<Void> writer(int writer) {
    return () -> {
      for (int batch = 0; batch < BATCHES; batch++) {
        int first = (writer * BATCHES + batch) * BATCH + 1;
        List<Trace> traces =
            IntStream.range(first, first + BATCH)
                .mapToObj(n -> Samples.success(n, n % 5, n, n + 1).build())
                .toList();
        storage.saveTraces(traces);
        assertThat(storage.getTrace(traces.get(0).id())).contains(traces.get(0));
      }
      return null;
    };
  }

  @Test
  void writersOfOneSession() throws Exception {
    List<Callable<Void>> writers = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      writers.add(writer(writer));
    }
    together(writers);
    SessionMetadata metadata = metadata(Samples.SESSION);
    assertThat(metadata.totalTraces()).isEqualTo(WRITERS * BATCHES * BATCH);
    assertThat(metadata.totalCalls()).isEqualTo(WRITERS * BATCHES * BATCH);
    assertThat(metadata.totalSteps()).isEqualTo(5);
    assertThat(metadata.lostTraces()).isZero();
  }

  @Test
  void readersSeeWholeBatchesOnly() throws Exception {
    AtomicInteger writing = new AtomicInteger(WRITERS);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      tasks.add(counting(writing, writer(writer)));
    }
    tasks.add(() -> readWhile(writing));
    tasks.add(() -> readWhile(writing));
    together(tasks);
  }

  private static Callable<Void> counting(AtomicInteger running, Callable<Void> task) {
    return () -> {
      try {
        return task.call();
      } finally {
        running.decrementAndGet();
      }
    };
  }

  private Void readWhile(AtomicInteger writing) {
    int before = 0;
    boolean last;
    do {
      last = writing.get() == 0;
      int traces =
          storage.getSessionMetadata(Samples.SESSION).map(SessionMetadata::totalTraces).orElse(0);
      assertThat(traces).isGreaterThanOrEqualTo(before);
      assertThat(traces % BATCH).isZero();
      assertThat(storage.listTraces(TraceQuery.all().withLimit(1_000)).items().size())
          .isGreaterThanOrEqualTo(traces);
      before = traces;
    } while (!last);
    assertThat(before).isEqualTo(WRITERS * BATCHES * BATCH);
    return null;
  }

  @Test
  void whatOneThreadWroteAnotherReads() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    together(
        List.of(
            () -> {
              save(Samples.success(1, 0, 0, 1).build());
              written.countDown();
              return null;
            },
            () -> {
              assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
              assertThat(storage.getTrace(Samples.id(1))).isPresent();
              return null;
            }));
  }

  @Test
  void anInterruptedThreadStillWritesWhole() throws Exception {
    together(
        List.of(
            () -> {
              Thread.currentThread().interrupt();
              try {
                save(Samples.success(1, 0, 0, 1).build());
              } catch (RuntimeException refused) {
                // A backend may refuse; half a trace or a broken backend it may not leave behind.
              }
              return null;
            }));
    save(Samples.success(2, 0, 2, 3).build());
    int stored = storage.listTracesBySession(Samples.SESSION).size();
    assertThat(metadata(Samples.SESSION).totalTraces()).isEqualTo(stored);
    assertThat(storage.getTrace(Samples.id(2))).isPresent();
  }

  @Test
  void pagesHaveNoGapsWhileOthersWrite() throws Exception {
    List<Trace> before =
        IntStream.range(10_000, 10_300).mapToObj(ConcurrencyTests::between).toList();
    storage.saveTraces(before);
    TraceQuery ofSession = TraceQuery.ofSession(Samples.SESSION).reversed();
    AtomicInteger reading = new AtomicInteger(2);
    AtomicInteger pages = new AtomicInteger();
    together(
        List.of(
            () -> writeWhile(reading, pages, 20_000),
            () -> writeWhile(reading, pages, 30_000),
            counting(reading, () -> readAll(TraceQuery.all().withLimit(20), before, pages)),
            counting(reading, () -> readAll(ofSession.withLimit(20), before, pages))));
  }

  /** Returns a trace that stands somewhere between the others. */
  private static Trace between(int n) {
    long start = n * 7L % 300;
    return Samples.success(n, n % 5, start, start + 1).build();
  }

  /** Writes a trace for each page that is read, so that neither is done long before the other. */
  private Void writeWhile(AtomicInteger reading, AtomicInteger pages, int first) {
    int written = 0;
    while (reading.get() > 0) {
      if (written < pages.get()) {
        save(between(first + written++));
      } else {
        Thread.onSpinWait();
      }
    }
    return null;
  }

  private Void readAll(TraceQuery query, List<Trace> before, AtomicInteger pages) {
    for (int pass = 0; pass < 3; pass++) {
      List<String> read = new ArrayList<>();
      String cursor = null;
      do {
        Page<Trace> page = storage.listTraces(query.after(cursor));
        read.addAll(ids(page.items()));
        cursor = page.nextCursor();
        pages.incrementAndGet();
      } while (cursor != null && read.size() < 10_000);
      assertThat(read).doesNotHaveDuplicates().containsAll(ids(before));
    }
    return null;
  }
}
