package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Fifty threads read while one writes, are interrupted, and find the storage closed. */
@Timeout(120)
class ManyThreadsTest {
  private static final int THREADS = 50;
  private static final List<Trace> SESSION = Conversations.session("s", 10, 0, TestTraces.START);

  @TempDir Path directory;
  private SqliteStorageBackend storage;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS + 1);

  @BeforeEach
  void open() {
    storage = SqliteStorageBackend.open(directory.resolve("traces.db"));
    storage.saveTraces(SESSION);
  }

  @AfterEach
  void close() {
    threads.shutdownNow();
    storage.close();
  }

  private List<Future<Boolean>> start(Callable<Boolean> task) {
    List<Future<Boolean>> started = new ArrayList<>();
    for (int n = 0; n < THREADS; n++) {
      started.add(threads.submit(task));
    }
    return started;
  }

  private static void areTrue(List<Future<Boolean>> results) throws Exception {
    for (Future<Boolean> result : results) {
      assertThat(result.get(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private boolean readAll() {
    return storage.listTracesBySession("s").equals(SESSION)
        && storage.search().orElseThrow().count(SearchQuery.of("f1").inSession("s")) == 1
        && storage.getTrace(SESSION.get(3).id()).isPresent();
  }

  @Test
  void whoIsInterruptedReadsOnAndStaysInterrupted() throws Exception {
    List<Future<Boolean>> readers =
        start(
            () -> {
              boolean right = true;
              for (int n = 0; n < 10; n++) {
                Thread.currentThread().interrupt();
                right &= readAll() && Thread.interrupted();
              }
              return right;
            });
    for (int n = 0; n < 100; n++) {
      storage.saveTraces(TestTraces.batch("other", 1_000 + n * 5, 5));
    }
    areTrue(readers);
    areTrue(start(this::readAll));
  }

  @Test
  void whoIsInterruptedInTheMiddleReadsOn() throws Exception {
    CountDownLatch done = new CountDownLatch(THREADS);
    List<Thread> running = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int n = 0; n < THREADS; n++) {
      Thread reader =
          new Thread(
              () -> {
                for (int read = 0; read < 10; read++) {
                  assertThat(readAll()).isTrue();
                }
                done.countDown();
              });
      reader.setUncaughtExceptionHandler(
          (thread, failure) -> {
            synchronized (failures) {
              failures.add(failure);
            }
            done.countDown();
          });
      reader.start();
      running.add(reader);
    }
    while (!done.await(1, TimeUnit.MILLISECONDS)) {
      running.forEach(Thread::interrupt);
    }
    assertThat(failures).isEmpty();
    areTrue(start(this::readAll));
  }

  @Test
  void aReadThatFailsLeavesTheOthersTheirTurn() throws Exception {
    areTrue(
        start(
            () -> {
              for (int n = 0; n < 20; n++) {
                assertThatThrownBy(() -> storage.listTraces(TraceQuery.all().after("?")).items())
                    .isInstanceOf(IllegalArgumentException.class);
                SearchQuery malformed = SearchQuery.of("f1").after("?");
                assertThatThrownBy(() -> storage.search().orElseThrow().search(malformed))
                    .isInstanceOf(IllegalArgumentException.class);
              }
              return readAll();
            }));
  }

  @Test
  void whoComesTooLateIsToldSo() throws Exception {
    CountDownLatch reading = new CountDownLatch(THREADS);
    List<Future<Boolean>> readers =
        start(
            () -> {
              boolean right = true;
              try {
                while (right) {
                  right = readAll();
                  reading.countDown();
                }
                return false;
              } catch (IllegalStateException closed) {
                return closed.getMessage().contains("closed");
              }
            });
    reading.await();
    storage.close();
    areTrue(readers);
    assertThatThrownBy(() -> storage.listSessions(SessionQuery.all()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> storage.check()).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> storage.maintain()).isInstanceOf(IllegalStateException.class);
    storage.close();
  }
}
