package io.traceforge.storage.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests with two backends that have the same file open, as two processes do. */
abstract class TwoBackends {
  @TempDir Path directory;
  Path file;
  SqliteStorageBackend one;
  SqliteStorageBackend other;

  @BeforeEach
  void open() {
    file = directory.resolve("traces.db");
    one = SqliteStorageBackend.open(file);
    other = SqliteStorageBackend.open(file);
  }

  @AfterEach
  void close() {
    one.close();
    other.close();
  }

  void reopen() {
    close();
    open();
  }

  void update(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Returns the number that a query gives. */
  long number(String query) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      return result.getLong(1);
    }
  }
}
