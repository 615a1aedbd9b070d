package io.traceforge.storage.sqlite;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the search index, apart from the writing of traces: a part is looked into later, once. The
 * index tells only where words stand; the texts themselves are the parts'.
 */
final class SearchIndex {
  static final String TOKENIZER = "unicode61 remove_diacritics 2";

  /** How long the connection that writes is taken at most, without the commit. */
  private static final long SLICE_NANOS = 15_000_000;

  private static final int PARTS_AT_ONCE = 64;
  private static final int PAGES_AT_ONCE = 32;
  private static final String CHANGES = "SELECT total_changes()";

  private SearchIndex() {}

  private record Part(long number, long holder, boolean searchable) {}

  /**
   * Goes on with the index, in a transaction.
   *
   * @param last the last part that is asked for
   * @return whether there is more to do
   */
  static boolean goOn(Database database, long last) throws SQLException {
    long begun = System.nanoTime();
    SearchRepeats repeats = new SearchRepeats(database);
    long done = indexed(database);
    long from = done;
    boolean more = done < last;
    while (more && System.nanoTime() - begun < SLICE_NANOS) {
      List<Part> parts = next(database, done);
      for (int i = 0; i < parts.size() && System.nanoTime() - begun < SLICE_NANOS; i++) {
        add(database, repeats, parts.get(i));
        done = parts.get(i).number();
      }
      more = !parts.isEmpty() && done < last;
      done = parts.isEmpty() ? Math.max(done, last) : done;
    }
    if (done > from) {
      long indexed = done;
      database.update("UPDATE housekeeping SET indexed = ?", binder -> binder.number(indexed));
    }
    return more;
  }

  /**
   * Goes on with joining the pieces that the index has come in, in a transaction.
   *
   * @return whether there is more to do
   */
  static boolean join(Database database) throws SQLException {
    long begun = System.nanoTime();
    boolean more = true;
    while (more && System.nanoTime() - begun < SLICE_NANOS) {
      long before = database.findNumber(CHANGES);
      database.update(
          "INSERT INTO search (search, rank) VALUES ('merge', ?)", b -> b.number(PAGES_AT_ONCE));
      // The engine's documentation: it has done something if two rows or more have changed.
      more = database.findNumber(CHANGES) - before >= 2;
    }
    return more;
  }

  /** Returns the number of the newest part. */
  static long newest(Database database) throws SQLException {
    return database.findNumber("SELECT coalesce(max(id), 0) FROM parts");
  }

  /** Returns the number of the newest part if it was not looked into yet, or else 0. */
  static long newestMissing(Database database) throws SQLException {
    return database.findNumber(
        "SELECT CASE WHEN newest > indexed THEN newest ELSE 0 END FROM housekeeping,"
            + " (SELECT coalesce(max(id), 0) AS newest FROM parts)");
  }

  /** Returns the number of the last part that was looked into. */
  static long indexed(Database database) throws SQLException {
    return database.findNumber("SELECT indexed FROM housekeeping");
  }

  private static List<Part> next(Database database, long after) throws SQLException {
    return database.list(
        "SELECT id, holder, kind FROM parts JOIN part_origins USING (id)"
            + " WHERE id > ? ORDER BY id LIMIT "
            + PARTS_AT_ONCE,
        binder -> binder.number(after),
        row -> new Part(row.number(), row.number(), (row.integer() & Parts.SEARCHABLE) != 0));
  }

  /** Adds one part. Texts may be large: there is never more than one in memory. */
  private static void add(Database database, SearchRepeats repeats, Part part) throws SQLException {
    SearchText text = part.searchable() ? text(database, part.number()) : null;
    if (text != null) {
      add(database, repeats, part.number(), part.holder(), text);
    }
  }

  /** Adds what a part says to the index, unless that is nothing. */
  static void add(Database database, SearchRepeats repeats, long part, long holder, SearchText text)
      throws SQLException {
    String words = text.words();
    if (!words.isBlank()) {
      repeats.note(part, holder, text);
      database.update(
          "INSERT INTO search (rowid, text) VALUES (?, ?)",
          binder -> binder.number(part).bytes(words.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Returns what a part says, or {@code null} if it is not there any more. */
  static @Nullable SearchText text(Database database, long part) throws SQLException {
    return database.find(
        "SELECT content FROM parts WHERE id = ?",
        binder -> binder.number(part),
        row -> SearchText.of(row.bytes()));
  }
}
