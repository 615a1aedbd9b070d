package io.traceforge.benchmarks.storage;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what {@link PlainStore} stored: every column of a row, its bodies as they are. */
final class PlainReader implements AutoCloseable {
  private static final String COLUMNS =
      "SELECT number, id, session_id, step, start_ms, status, request, response FROM traces";

  private final Connection connection;
  private final PreparedStatement session;
  private final PreparedStatement late;

  PlainReader(Path file) throws SQLException {
    connection = Sql.open(file);
    session = connection.prepareStatement(COLUMNS + " WHERE session_id = ? ORDER BY step");
    late = connection.prepareStatement(COLUMNS + " WHERE session_id = ? AND step = ?");
  }

  /** A row. */
  record Call(
      long number,
      String id,
      @Nullable String sessionId,
      int step,
      long startMillis,
      String status,
      ByteBuffer request,
      ByteBuffer response) {}

  List<Call> session(String id) throws SQLException {
    session.setString(1, id);
    return read(session);
  }

  List<Call> step(String id, int step) throws SQLException {
    late.setString(1, id);
    late.setInt(2, step);
    return read(late);
  }

  private static List<Call> read(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      List<Call> calls = new ArrayList<>();
      while (row.next()) {
        calls.add(
            new Call(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getLong(5),
                row.getString(6),
                ByteBuffer.wrap(row.getBytes(7)),
                ByteBuffer.wrap(row.getBytes(8))));
      }
      return calls;
    }
  }

  @Override
  public void close() {
    Sql.run(connection::close);
  }
}
