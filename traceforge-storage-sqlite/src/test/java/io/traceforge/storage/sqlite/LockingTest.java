package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.TraceQuery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who waits for whom. */
@Timeout(60)
class LockingTest {
  @TempDir Path directory;
  private Path file;
  private Connection other;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeEach
  void connect() throws SQLException {
    file = directory.resolve("traces.db");
    SqliteStorageBackend.open(file).close();
    other = DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @AfterEach
  void disconnect() throws SQLException {
    other.close();
    threads.shutdownNow();
  }

  private void byTheOther(String sql) throws SQLException {
    try (Statement statement = other.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until a thread is in a method of a class, or is done. */
  private static void await(Thread thread, String method) {
    while (thread.isAlive()
        && Arrays.stream(thread.getStackTrace())
            .noneMatch(
                frame -> (frame.getClassName() + "." + frame.getMethodName()).matches(method))) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aWriterWaitsForTheLock() throws Exception {
    byTheOther("BEGIN IMMEDIATE");
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      FutureTask<?> write =
          new FutureTask<>(() -> storage.saveTraces(TestTraces.batch("s", 1, 5)), null);
      Thread writer = new Thread(write);
      writer.start();
      await(writer, "org\\.sqlite\\.core\\..*");
      assertThat(storage.listTracesBySession("s")).isEmpty();
      assertThat(write.isDone()).isFalse();
      byTheOther("COMMIT");
      write.get(30, TimeUnit.SECONDS);
      assertThat(storage.listTracesBySession("s")).hasSize(5);
    }
  }

  @Test
  void openingANewFileWaitsForTheLock() throws Exception {
    Path fresh = Files.createFile(directory.resolve("fresh.db"));
    try (Connection another = DriverManager.getConnection("jdbc:sqlite:" + fresh);
        Statement statement = another.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      FutureTask<?> open = new FutureTask<>(() -> SqliteStorageBackend.open(fresh).close(), null);
      Thread opener = new Thread(open);
      opener.start();
      await(opener, "org\\.sqlite\\.core\\.NativeDB\\..*");
      assertThat(open.isDone()).isFalse();
      statement.execute("COMMIT");
      open.get(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void manyOpenOneNewFileTogether() throws Exception {
    for (int round = 0; round < 10; round++) {
      Path shared = directory.resolve("shared-" + round + ".db");
      CyclicBarrier together = new CyclicBarrier(6);
      List<Future<?>> openers = new ArrayList<>();
      for (int opener = 0; opener < 6; opener++) {
        int first = opener * 10;
        openers.add(
            threads.submit(
                () -> {
                  together.await();
                  try (StorageBackend storage = SqliteStorageBackend.open(shared)) {
                    storage.saveTraces(TestTraces.batch("s", first, 10));
                  }
                  return null;
                }));
      }
      for (Future<?> opener : openers) {
        opener.get(30, TimeUnit.SECONDS);
      }
      try (StorageBackend storage = SqliteStorageBackend.open(shared)) {
        assertThat(storage.getSessionMetadata("s").orElseThrow().totalTraces()).isEqualTo(60);
      }
    }
  }

  @Test
  void aLockHeldPastTheTimeoutIsAnError() throws Exception {
    try (StorageBackend storage =
        SqliteStorageBackend.builder(file).busyTimeout(Duration.ofMillis(20)).open()) {
      byTheOther("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> storage.saveTraces(TestTraces.batch("s", 1, 5)))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("locked");
      byTheOther("COMMIT");
      storage.saveTraces(TestTraces.batch("s", 1, 5));
      assertThat(storage.listTracesBySession("s")).hasSize(5);
    }
  }

  @Test
  void readersDoNotWaitForAnOpenTransaction() throws Exception {
    try (StorageBackend storage =
        SqliteStorageBackend.builder(file).busyTimeout(Duration.ZERO).open()) {
      storage.saveTraces(TestTraces.batch("s", 1, 5));
      byTheOther("BEGIN IMMEDIATE");
      byTheOther("DELETE FROM traces");
      assertThat(storage.listTracesBySession("s")).hasSize(5);
      assertThat(storage.getSessionMetadata("s")).isPresent();
      byTheOther("COMMIT");
      assertThat(storage.listTracesBySession("s")).isEmpty();
    }
  }

  @Test
  void moreReadersThanConnections() throws Exception {
    try (StorageBackend storage = SqliteStorageBackend.builder(file).readers(1).open()) {
      storage.saveTraces(TestTraces.batch("s", 1, 5));
      List<Future<?>> reads = new ArrayList<>();
      for (int reader = 0; reader < 8; reader++) {
        reads.add(threads.submit(() -> assertThat(storage.listTracesBySession("s")).hasSize(5)));
      }
      for (Future<?> read : reads) {
        read.get(30, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void twoBackendsOfOneProcess() {
    try (StorageBackend a = SqliteStorageBackend.open(file);
        StorageBackend b = SqliteStorageBackend.open(file)) {
      a.saveTraces(TestTraces.batch("s", 1, 5));
      b.saveTraces(TestTraces.batch("s", 6, 5));
      assertThat(a.getSessionMetadata("s")).isEqualTo(b.getSessionMetadata("s"));
      a.close();
      b.saveTraces(TestTraces.batch("s", 11, 5));
      assertThat(b.getSessionMetadata("s").orElseThrow().totalTraces()).isEqualTo(15);
    }
  }

  @Test
  void aBatchThatFailsHalfwayLeavesNothing() {
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      var batch = new ArrayList<>(TestTraces.batch("s", 1, 5));
      batch.add(TestTraces.trace("s", 6).startTime(Instant.parse("2300-01-01T00:00:00Z")).build());
      assertThatThrownBy(() -> storage.saveTraces(batch))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("1677 to 2262");
      assertThat(storage.listTraces(TraceQuery.all()).items()).isEmpty();
      assertThat(storage.listSessions()).isEmpty();
      storage.saveTraces(TestTraces.batch("s", 1, 5));
      assertThat(storage.listTracesBySession("s")).hasSize(5);
    }
  }

  @Test
  void anEngineErrorHalfwayLeavesNothing() throws Exception {
    byTheOther(
        "CREATE TRIGGER refuse BEFORE INSERT ON steps WHEN new.step_index = 3"
            + " BEGIN SELECT RAISE(ABORT, 'no step 3'); END");
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      var batch = new ArrayList<>(TestTraces.batch("s", 1, 5));
      batch.add(TestTraces.trace("s", 6).stepIndex(3).build());
      assertThatThrownBy(() -> storage.saveTraces(batch))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("no step 3");
      assertThat(storage.listTraces(TraceQuery.all()).items()).isEmpty();
      storage.saveTraces(TestTraces.batch("s", 1, 5));
      assertThat(storage.getSessionMetadata("s").orElseThrow().totalTraces()).isEqualTo(5);
    }
  }

  @Test
  void anInterruptDoesNotStopAWrite() {
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      Thread.currentThread().interrupt();
      storage.saveTraces(TestTraces.batch("s", 1, 5));
      assertThat(storage.listTracesBySession("s")).hasSize(5);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
