package io.traceforge.benchmarks.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The least that one can do: whole bodies into one table, 500 rows a transaction or as asked. */
final class PlainStore implements Store {
  private static final int BATCH = 500;

  private final Path file;
  private final Connection connection;
  private final PreparedStatement insert;
  private final int batch;
  private int pending;

  PlainStore(Path file) throws SQLException {
    this(file, BATCH);
  }

  PlainStore(Path file, int batch) throws SQLException {
    this.file = file;
    this.batch = batch;
    connection =
        Sql.open(
            file,
            "PRAGMA page_size = 16384",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = NORMAL",
            "CREATE TABLE traces (number INTEGER PRIMARY KEY, id TEXT, session_id TEXT,"
                + " step INTEGER, start_ms INTEGER, status TEXT, request BLOB, response BLOB)",
            "CREATE INDEX traces_by_step ON traces (session_id, step)");
    connection.setAutoCommit(false);
    insert =
        connection.prepareStatement(
            "INSERT INTO traces (id, session_id, step, start_ms, status, request, response)"
                + " VALUES (?, ?, ?, ?, 'SUCCESS', ?, ?)");
  }

  @Override
  public void store(List<Exchange> calls) {
    Sql.run(
        () -> {
          for (Exchange call : calls) {
            add(call);
          }
        });
  }

  private void add(Exchange call) throws SQLException {
    insert.setString(1, Ids.next());
    insert.setString(2, call.sessionId());
    insert.setInt(3, call.step());
    insert.setLong(4, System.currentTimeMillis());
    insert.setBytes(5, call.request());
    insert.setBytes(6, call.response());
    insert.addBatch();
    if (++pending == batch) {
      commit();
    }
  }

  private void commit() throws SQLException {
    insert.executeBatch();
    connection.commit();
    pending = 0;
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    Sql.run(
        () -> {
          commit();
          connection.close();
        });
  }
}
