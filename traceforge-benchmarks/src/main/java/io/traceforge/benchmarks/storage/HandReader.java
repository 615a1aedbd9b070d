package io.traceforge.benchmarks.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Our file read by hand: the same rows with all their columns, the same bodies put together, by
 * prepared statements over JDBC. Of a row it makes an array, not a trace.
 */
final class HandReader implements AutoCloseable {
  private static final int REQUEST_BODY = 31;
  private static final int RESPONSE_BODY = 38;
  private static final int ASSEMBLED_BODY = 43;
  private static final String TRACES =
      "SELECT id, session_id, step_index, call_number, parent_trace_id, status, start_ns,"
          + " error_type, error_message, error_code, provider, operation, request_model,"
          + " response_model, response_id, finish_reasons, tool_calls, retry_count, input_tokens,"
          + " output_tokens, total_tokens, cached_input_tokens, cache_write_tokens,"
          + " reasoning_tokens, to_headers_ns, to_first_byte_ns, to_first_token_ns, total_ns,"
          + " chunk_count, request_form, request_body, request_size, request_head,"
          + " request_media_type, response_status, response_headers, response_form, response_body,"
          + " response_size, response_head, response_media_type, assembled_form, assembled_body,"
          + " assembled_size, assembled_head, assembled_media_type, method, url, state,"
          + " request_headers FROM traces";

  private final Connection connection;
  private final PreparedStatement session;
  private final PreparedStatement page;
  private final PreparedStatement metadata;
  private final PreparedStatement newest;
  private final PreparedStatement part;
  private final Map<Long, byte[]> parts = new HashMap<>();

  HandReader(Path file) throws SQLException {
    connection = Sql.open(file);
    session =
        connection.prepareStatement(
            TRACES + " WHERE session_id = ? ORDER BY step_index, start_ns, id");
    page =
        connection.prepareStatement(
            TRACES + " WHERE (start_ns, id) > (?, ?) ORDER BY start_ns, id LIMIT ?");
    metadata = connection.prepareStatement("SELECT * FROM sessions WHERE id = ?");
    newest =
        connection.prepareStatement(
            "SELECT * FROM sessions ORDER BY first_seen_ns DESC, id DESC LIMIT ?");
    part = connection.prepareStatement("SELECT kind, content FROM parts WHERE id = ?");
  }

  List<@Nullable Object[]> session(String id) throws SQLException {
    session.setString(1, id);
    return traces(session);
  }

  List<@Nullable Object[]> page(long startNanos, String id, int limit) throws SQLException {
    page.setLong(1, startNanos);
    page.setString(2, id);
    page.setInt(3, limit);
    return traces(page);
  }

  List<@Nullable Object[]> metadata(String id) throws SQLException {
    metadata.setString(1, id);
    return rows(metadata);
  }

  List<@Nullable Object[]> newest(int limit) throws SQLException {
    newest.setInt(1, limit);
    return rows(newest);
  }

  private static List<@Nullable Object[]> rows(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      int columns = row.getMetaData().getColumnCount();
      List<@Nullable Object[]> rows = new ArrayList<>();
      while (row.next()) {
        @Nullable Object[] values = new @Nullable Object[columns];
        for (int i = 0; i < columns; i++) {
          values[i] = row.getObject(i + 1);
        }
        rows.add(values);
      }
      return rows;
    }
  }

  private List<@Nullable Object[]> traces(PreparedStatement statement) throws SQLException {
    parts.clear();
    List<@Nullable Object[]> rows = rows(statement);
    for (@Nullable Object[] row : rows) {
      putTogether(row, REQUEST_BODY - 1);
      putTogether(row, RESPONSE_BODY - 1);
      putTogether(row, ASSEMBLED_BODY - 1);
      for (int column = row.length - 2; column < row.length; column++) {
        if (row[column] instanceof String text && Character.isDigit(text.charAt(0))) {
          row[column] = new String(part(Long.parseLong(text)), UTF_8);
        }
      }
    }
    return rows;
  }

  /** The column before tells the form. */
  private void putTogether(@Nullable Object[] row, int column) throws SQLException {
    if (row[column] instanceof byte[] body && row[column - 1] instanceof Number form) {
      if (form.intValue() > 1) {
        throw new IllegalStateException("a compressed body was not expected here");
      }
      row[column] = form.intValue() == 0 ? body : filled(body);
    }
  }

  private byte[] part(long number) throws SQLException {
    byte[] known = parts.get(number);
    if (known == null) {
      part.setLong(1, number);
      try (ResultSet row = part.executeQuery()) {
        boolean holes = (row.getInt(1) & 1) != 0;
        byte[] content = row.getBytes(2);
        known = holes ? filled(content) : content;
      }
      parts.put(number, known);
    }
    return known;
  }

  private byte[] filled(byte[] skeleton) throws SQLException {
    ByteArrayOutputStream text = new ByteArrayOutputStream(4_096);
    int done = 0;
    for (int i = 0; i < skeleton.length; i++) {
      if (skeleton[i] == 0x1f) {
        text.write(skeleton, done, i - done);
        int end = i + 1;
        while (skeleton[end] != 0x1e) {
          end++;
        }
        String separator = "";
        for (String number : new String(skeleton, i + 1, end - i - 1, UTF_8).split(",", -1)) {
          text.writeBytes(separator.getBytes(UTF_8));
          text.writeBytes(part(Long.parseLong(number)));
          separator = ",";
        }
        i = end;
        done = end + 1;
      }
    }
    text.write(skeleton, done, skeleton.length - done);
    return text.toByteArray();
  }

  /** Returns the bytes of requests and responses, to be compared. */
  static List<ByteBuffer> bodies(List<@Nullable Object[]> traces) {
    return traces.stream()
        .flatMap(row -> Stream.of(bytes(row[REQUEST_BODY - 1]), bytes(row[RESPONSE_BODY - 1])))
        .toList();
  }

  private static ByteBuffer bytes(@Nullable Object body) {
    return ByteBuffer.wrap(body instanceof byte[] bytes ? bytes : new byte[0]);
  }

  /** Returns a session's id and how many traces it has. */
  static String essence(@Nullable Object[] session) {
    return session[1] + " " + session[5];
  }

  @Override
  public void close() {
    Sql.run(connection::close);
  }
}
