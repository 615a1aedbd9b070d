package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.io.BufferedReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes and one file. */
@Timeout(120)
class SharedFileTest {
  @TempDir Path directory;

  private static void isSound(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA integrity_check")) {
      assertThat(result.getString(1)).isEqualTo("ok");
    }
  }

  @Test
  void processesThatCreateAndFillOneFileTogether() throws Exception {
    Path file = directory.resolve("traces.db");
    Process a = SqliteProcess.start(file, "shared", 1, 30);
    Process b = SqliteProcess.start(file, "shared", 301, 30);
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      for (int batch = 0; batch < 30; batch++) {
        storage.saveTraces(TestTraces.batch("shared", 601 + batch * 10, 10));
      }
      for (Process process : List.of(a, b)) {
        process.getInputStream().transferTo(OutputStream.nullOutputStream());
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
      }
      SessionMetadata metadata = storage.getSessionMetadata("shared").orElseThrow();
      assertThat(metadata.totalTraces()).isEqualTo(900);
      assertThat(metadata.totalCalls()).isEqualTo(900);
      assertThat(metadata.lostTraces()).isZero();
      assertThat(storage.listTracesBySession("shared")).hasSize(900);
    } finally {
      a.destroyForcibly();
      b.destroyForcibly();
    }
    isSound(file);
  }

  @Test
  void whatAKilledProcessWasToldIsStoredIsThere() throws Exception {
    Path file = directory.resolve("traces.db");
    for (int round = 0; round < 3; round++) {
      String session = "round-" + round;
      int first = 1 + round * 1_000_000;
      Process process = SqliteProcess.start(file, session, first, 100_000);
      try (BufferedReader output = process.inputReader()) {
        SqliteProcess.awaitBatches(output, 20 + round * 7);
      } finally {
        process.destroyForcibly().waitFor();
      }
      assertThat(process.exitValue()).isNotZero();
      isSoundWith(file, session, 10 * (20 + round * 7));
    }
  }

  private static void isSoundWith(Path file, String session, int atLeast) throws Exception {
    try (StorageBackend storage = SqliteStorageBackend.open(file)) {
      List<Trace> traces = storage.listTracesBySession(session);
      assertThat(traces).hasSizeGreaterThanOrEqualTo(atLeast);
      assertThat(traces.size() % SqliteProcess.BATCH).isZero();
      SessionMetadata metadata = storage.getSessionMetadata(session).orElseThrow();
      assertThat(metadata.totalTraces()).isEqualTo(traces.size());
      storage.saveTrace(TestTraces.trace("after", 999_000_000 + atLeast).build());
    }
    isSound(file);
  }
}
