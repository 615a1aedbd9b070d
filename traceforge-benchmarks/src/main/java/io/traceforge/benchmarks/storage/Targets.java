package io.traceforge.benchmarks.storage;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.traceforge.storage.TraceKey;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chooses what to ask a file for. */
final class Targets implements AutoCloseable {
  private static final long NANOS = 1_000_000_000;

  /** What every text begins with, unless the number is negative. */
  private static final Pattern WORD_OF_ONE_TEXT = Pattern.compile("n\\d{9,}");

  private final Random random = new Random(7);
  private final Connection connection;
  private final long traces;

  Targets(Path file) throws SQLException {
    connection = Sql.open(file);
    traces = Sql.number(connection, "SELECT count(*) FROM traces");
  }

  /**
   * A trace in a listing by time.
   *
   * @param startNanos when it began
   */
  record Place(long startNanos, String id) {
    String cursor() {
      Instant start = Instant.ofEpochSecond(startNanos / NANOS, startNanos % NANOS);
      return new TraceKey(0, start, id).toCursor();
    }
  }

  long traces() {
    return traces;
  }

  List<String> sessions(int count, int sessions) {
    return random.ints(count, 0, sessions).mapToObj(n -> "session-" + n).toList();
  }

  /** Returns traces around the middle of the listing: they were stored about in its order. */
  List<Place> middles(int count) throws SQLException {
    List<Place> places = new ArrayList<>();
    try (PreparedStatement find =
        connection.prepareStatement("SELECT start_ns, id FROM traces WHERE number = ?")) {
      while (places.size() < count) {
        find.setLong(1, traces * 2 / 5 + random.nextInt((int) (traces / 5) + 1) + 1);
        try (ResultSet row = find.executeQuery()) {
          if (row.next()) {
            places.add(new Place(row.getLong(1), row.getString(2)));
          }
        }
      }
    }
    return places;
  }

  /** Returns words each of which stands in one text. */
  List<String> wordsOfOneText(int count) throws SQLException {
    List<String> words = new ArrayList<>();
    int parts = (int) Sql.number(connection, "SELECT max(id) FROM parts");
    try (PreparedStatement find =
        connection.prepareStatement("SELECT content FROM parts WHERE kind = 2 AND id = ?")) {
      while (words.size() < count) {
        find.setLong(1, random.nextInt(parts) + 1L);
        try (ResultSet row = find.executeQuery()) {
          if (row.next()) {
            Matcher word = WORD_OF_ONE_TEXT.matcher(new String(row.getBytes(1), UTF_8));
            if (word.find()) {
              words.add(word.group());
            }
          }
        }
      }
    }
    return words;
  }

  @Override
  public void close() {
    Sql.run(connection::close);
  }
}
