package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SearchQuery;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When the index is brought up to date. What a search finds is the contract of all backends. */
class SearchTest {
  @TempDir Path directory;

  private long indexed() throws SQLException {
    String file = "jdbc:sqlite:" + directory.resolve("traces.db");
    try (var connection = DriverManager.getConnection(file);
        var statement = connection.createStatement();
        var result = statement.executeQuery("SELECT count(*) FROM search_docsize")) {
      return result.getLong(1);
    }
  }

  @Test
  void theIndexIsKeptWhileNobodySearches() throws Exception {
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(directory.resolve("traces.db"))) {
      storage.saveTraces(Conversations.session("s", 3, 1, TestTraces.START));
      assertThat(indexed()).isZero();
      while (storage.maintain()) {
        // a little each time
      }
      long all = indexed();
      assertThat(all).isPositive();
      assertThat(storage.search().orElseThrow().count(SearchQuery.of("f1"))).isEqualTo(1);
      assertThat(indexed()).isEqualTo(all);
    }
  }
}
