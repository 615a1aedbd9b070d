package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.tck.StorageBackendContract;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The contract of all backends. Whatever a test of it did, it leaves a sound file. */
class SqliteStorageBackendTest extends StorageBackendContract {
  @TempDir Path directory;

  private Path file() {
    return directory.resolve("traces.db");
  }

  @Override
  protected StorageBackend open(Clock clock) {
    return SqliteStorageBackend.builder(file()).clock(clock).open();
  }

  @Override
  protected Optional<StorageBackend> reopen(Clock clock) {
    return Optional.of(open(clock));
  }

  @AfterEach
  void theFileIsSound() {
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(file())) {
      assertThat(storage.check()).isEmpty();
    }
  }

  /** What is kept of each step, which no figure of a session tells by itself. */
  @AfterEach
  void stepsAreTheSum() throws SQLException {
    String wrong =
        """
        SELECT count(*) FROM (
          SELECT session_id, step_index, count(*) AS traces, sum(status = 'ERROR') AS errors
          FROM traces WHERE session_id IS NOT NULL GROUP BY 1, 2) AS counted
        FULL JOIN steps USING (session_id, step_index)
        WHERE counted.traces IS NOT steps.traces OR counted.errors IS NOT steps.errors
        """;
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file());
        var statement = connection.createStatement();
        var result = statement.executeQuery(wrong)) {
      assertThat(result.getInt(1)).isZero();
    }
  }
}
