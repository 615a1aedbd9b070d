package io.traceforge.benchmarks.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The obvious way to have a search: a trigger fills the index, each row is a transaction. */
final class TriggerStore implements Store {
  private final Path file;
  private final Connection connection;
  private final PreparedStatement insert;

  TriggerStore(Path file) throws SQLException {
    this.file = file;
    connection =
        Sql.open(
            file,
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = NORMAL",
            "CREATE TABLE traces (number INTEGER PRIMARY KEY, id TEXT, session_id TEXT,"
                + " step INTEGER, start_ms INTEGER, status TEXT, request TEXT, response TEXT)",
            "CREATE INDEX traces_by_step ON traces (session_id, step)",
            "CREATE VIRTUAL TABLE search USING fts5 (request, response, content = 'traces',"
                + " content_rowid = 'number')",
            "CREATE TRIGGER indexed AFTER INSERT ON traces BEGIN INSERT INTO search"
                + " (rowid, request, response) VALUES (new.number, new.request, new.response); END");
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
    insert.setString(5, new String(call.request(), UTF_8));
    insert.setString(6, new String(call.response(), UTF_8));
    insert.executeUpdate();
  }

  @Override
  public Path file() {
    return file;
  }

  @Override
  public void close() {
    Sql.run(connection::close);
  }
}
