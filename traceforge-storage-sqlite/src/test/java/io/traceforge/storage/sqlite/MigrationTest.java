package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.StorageException;
import io.traceforge.trace.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file of the first version is brought up to date: whole, or not at all. */
@Timeout(120)
class MigrationTest {
  private static final RetentionPolicy NOTHING =
      RetentionPolicy.keepAll().withMaxAge(Duration.ZERO);

  @TempDir Path directory;
  private Path file;

  @BeforeEach
  void create() throws Exception {
    file = EarlierSchemaTest.fileOf(directory, 1);
    sql("PRAGMA journal_mode = WAL"); // as that version left it
  }

  private void sql(String... statements) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** Returns all that makes a file what it is: its schema and how much is in each table. */
  private List<String> contents() throws Exception {
    List<String> contents = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      contents.addAll(column(connection, "PRAGMA user_version"));
      contents.addAll(column(connection, "SELECT sql FROM sqlite_master ORDER BY rowid"));
      for (String table : column(connection, "SELECT name FROM sqlite_master WHERE type='table'")) {
        contents.addAll(column(connection, "SELECT '" + table + "' || count(*) FROM " + table));
      }
    }
    return contents;
  }

  private static List<String> column(Connection connection, String query) throws Exception {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      while (results.next()) {
        values.add(results.getString(1));
      }
    }
    return values;
  }

  private void isWhole() {
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(file)) {
      for (Trace trace : EarlierTraces.all()) {
        assertThat(storage.getTrace(trace.id())).contains(trace);
      }
      assertThat(storage.check()).isEmpty();
    }
  }

  @Test
  void oneThatFailsInTheMiddleLeavesTheFileAsItWas() throws Exception {
    sql("CREATE TABLE part_uses (in_the_way)");
    List<String> before = contents();
    assertThatThrownBy(() -> SqliteStorageBackend.open(file))
        .isInstanceOf(StorageException.class)
        .hasMessageContainingAll(file.toString(), "part_uses");
    assertThat(contents()).isEqualTo(before);
    sql("DROP TABLE part_uses");
    isWhole();
  }

  @Test
  void oneThatIsKilledLeavesTheFileAsItWasOrIsDone() throws Exception {
    sql(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
            + " INSERT INTO traces SELECT 100 + i, 'more-' || i, session_id, step_index,"
            + " call_number, parent_trace_id, status, start_ns + i, total_ns, to_headers_ns,"
            + " to_first_byte_ns, to_first_token_ns, chunk_count, fingerprint, retry_count,"
            + " provider, operation, request_model, response_model, input_tokens, output_tokens,"
            + " total_tokens, cached_input_tokens, cache_write_tokens, reasoning_tokens,"
            + " error_type, error_message, error_code, response_id, finish_reasons, tool_calls,"
            + " state, method, url, request_headers, request_size, request_head,"
            + " request_media_type, response_status, response_headers, response_size,"
            + " response_head, response_media_type, assembled_size, assembled_head,"
            + " assembled_media_type, request_body, response_body, assembled_body"
            + " FROM traces, n WHERE number = 8");
    List<String> before = contents();
    Process process = OpeningProcess.start(file);
    Path wal = directory.resolve(file.getFileName() + "-wal");
    while (process.isAlive() && (Files.notExists(wal) || Files.size(wal) == 0)) {
      LockSupport.parkNanos(10_000);
    }
    process.destroyForcibly().waitFor();
    List<String> after = contents();
    assertThat(after.get(0)).isIn("1", "" + EarlierSchemaTest.CURRENT);
    if (after.get(0).equals("1")) {
      assertThat(after).isEqualTo(before);
    }
    isWhole();
  }

  @Test
  void whatComesAfterwardsIsSearchedAndAllIsPruned() throws Exception {
    List<Trace> more = Conversations.session("more", 3, 100, TestTraces.START);
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(file)) {
      storage.saveTraces(more);
      assertThat(storage.search().orElseThrow().count(SearchQuery.of("f1"))).isEqualTo(1);
      assertThat(storage.check()).isEmpty();
      assertThat(storage.retention().orElseThrow().prune(NOTHING).traces())
          .isEqualTo(EarlierTraces.all().size() + more.size());
      assertThat(storage.listSessions()).isEmpty();
      assertThat(storage.check()).isEmpty();
    }
  }
}
