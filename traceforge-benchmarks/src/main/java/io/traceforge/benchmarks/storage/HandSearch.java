package io.traceforge.benchmarks.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Our search index asked by hand for one word in small letters: one statement finds the newest
 * texts, the calls that brought them, and the texts. The snippet is what stands around the word,
 * which is less than ours, that fits any query and knows where words begin.
 */
final class HandSearch implements AutoCloseable {
  private static final int AROUND = 100;
  private static final String HIT =
      "SELECT found.part, traces.number, traces.id, session_id, step_index, start_ns, content"
          + " FROM found";
  private static final String CALL = " CROSS JOIN traces ON traces.number = bringing.trace";
  private static final String TEXT = " CROSS JOIN parts ON parts.id = found.part";

  private final Connection connection;
  private final PreparedStatement newest;

  HandSearch(Path file) throws SQLException {
    connection = Sql.open(file);
    newest =
        connection.prepareStatement(
            "WITH found (part) AS MATERIALIZED (SELECT rowid FROM search WHERE search MATCH ?1"
                + " ORDER BY rowid DESC LIMIT ?2) "
                + HIT
                + " CROSS JOIN part_origins AS bringing ON bringing.id = found.part"
                + CALL
                + TEXT
                + " UNION ALL "
                + HIT
                + " CROSS JOIN part_uses AS bringing ON bringing.part = found.part"
                + CALL
                + TEXT
                + " ORDER BY 1 DESC, 2 DESC LIMIT ?2");
  }

  /** What was found. */
  record Hit(
      String traceId, @Nullable String sessionId, int step, long startNanos, String snippet) {}

  List<Hit> newest(String word, int limit) throws SQLException {
    newest.setString(1, '"' + word + '"');
    newest.setInt(2, limit);
    try (ResultSet row = newest.executeQuery()) {
      List<Hit> hits = new ArrayList<>();
      while (row.next()) {
        hits.add(
            new Hit(
                row.getString(3),
                row.getString(4),
                row.getInt(5),
                row.getLong(6),
                snippet(new String(row.getBytes(7), UTF_8), word)));
      }
      return hits;
    }
  }

  private static String snippet(String text, String word) {
    int at = text.toLowerCase(Locale.ROOT).indexOf(word);
    return at < 0
        ? ""
        : text.substring(Math.max(0, at - AROUND), Math.min(text.length(), at + AROUND));
  }

  @Override
  public void close() {
    Sql.run(connection::close);
  }
}
