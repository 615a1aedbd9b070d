package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceResponse;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What others see in the file, and how the engine goes about our own queries. */
class SqlAccessTest {
  private static final String TIES_SORTED = "USE TEMP B-TREE FOR LAST TERM OF ORDER BY";

  @TempDir Path directory;
  private StorageBackend storage;
  private Connection sql;

  @BeforeEach
  void open() throws SQLException {
    Path file = directory.resolve("traces.db");
    storage = SqliteStorageBackend.open(file);
    sql = DriverManager.getConnection("jdbc:sqlite:" + file);
  }

  @AfterEach
  void close() throws SQLException {
    sql.close();
    storage.close();
  }

  private List<String> column(String query, int column) throws SQLException {
    List<String> values = new ArrayList<>();
    try (var statement = sql.createStatement();
        ResultSet results = statement.executeQuery(query)) {
      while (results.next()) {
        values.add(results.getString(column));
      }
    }
    return values;
  }

  @Test
  void bodiesAndTimesAreReadableText() throws SQLException {
    TraceResponse response =
        TraceResponse.of(200, HttpHeaders.empty(), TraceBody.ofText("{\"ä\":1}", null), null);
    storage.saveTrace(TestTraces.trace("s", 1).response(response).build());
    String query =
        "SELECT typeof(request) || ' ' || request || ' ' || typeof(response) || ' ' || response"
            + " || ' ' || start_time || ' ' || duration_ms || ' ' || model FROM traces_json";
    assertThat(column(query, 1))
        .containsExactly("text {\"n\":1} text {\"ä\":1} 2026-03-01T10:00:00.124Z 5 m");
  }

  @Test
  void headersAreJson() throws SQLException {
    HttpHeaders headers = HttpHeaders.of("A", "1\ud800", "A", "2");
    TraceResponse response = TraceResponse.of(200, headers, null, null);
    storage.saveTrace(TestTraces.trace("s", 1).response(response).build());
    assertThat(column("SELECT json_extract(response_headers, '$[1][1]') FROM traces", 1))
        .containsExactly("2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT * FROM traces WHERE id = 'x'",
        "SELECT * FROM traces WHERE session_id = 's' AND step_index = 1 AND fingerprint = 'f'",
        "SELECT * FROM traces WHERE session_id = 's' ORDER BY step_index, start_ns, id",
        "SELECT * FROM traces WHERE session_id = 's' AND (step_index, start_ns, id) < (1, 2, 'x')"
            + " ORDER BY step_index DESC, start_ns DESC, id DESC",
        "SELECT * FROM traces WHERE (start_ns, id) > (1, 'x') ORDER BY start_ns, id",
        "SELECT * FROM traces WHERE status = 'ERROR' AND status <> 'SUCCESS'"
            + " AND (start_ns, id) > (1, 'x') ORDER BY start_ns, id",
        "SELECT * FROM sessions WHERE id = 's'",
        "SELECT * FROM sessions WHERE (first_seen_ns, id) < (1, 'x')"
            + " ORDER BY first_seen_ns DESC, id DESC",
        "SELECT * FROM steps WHERE session_id = 's' ORDER BY step_index DESC",
        "SELECT error FROM failed_calls WHERE session_id = 's' AND step_index = 1"
            + " ORDER BY start_ns, trace_id",
      })
  void ourQueriesNeitherScanNorSort(String query) throws SQLException {
    assertThat(column("EXPLAIN QUERY PLAN " + query + " LIMIT 10", 4))
        .isNotEmpty()
        .allMatch(step -> step.startsWith("SEARCH") || step.equals(TIES_SORTED), "an index search");
  }

  @Test
  void theFirstPageOfAllComesInTheOrderOfAnIndex() throws SQLException {
    assertThat(column("EXPLAIN QUERY PLAN SELECT * FROM traces ORDER BY start_ns, id LIMIT 10", 4))
        .containsExactly("SCAN traces USING INDEX traces_by_start", TIES_SORTED);
  }

  /** Not in the order of starts, which would be a walk through the whole table. */
  @Test
  void childrenAreFoundByTheirParents() throws SQLException {
    String query =
        "SELECT * FROM traces WHERE parent_trace_id IS NOT NULL AND parent_trace_id IN"
            + " (SELECT value FROM json_each('[\"x\"]')) AND session_id <> 's'"
            + " ORDER BY start_ns, id LIMIT 10";
    assertThat(column("EXPLAIN QUERY PLAN " + query, 4))
        .contains("SEARCH traces USING INDEX traces_by_parent (parent_trace_id=?)");
  }
}
