package io.traceforge.storage.sqlite;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What the file's index lacks, as tables in memory. They have the names of the file's, and hide
 * them while they are there.
 *
 * <p>To make them may take seconds. In that time no transaction stays open, or else the WAL could
 * not be begun anew; so whoever searches first brings them up to date with what has changed
 * meanwhile.
 */
final class LateIndex {
  private static final List<String> CREATE =
      List.of(
          "CREATE VIRTUAL TABLE temp.search USING fts5"
              + " (text, content = '', contentless_delete = 1, tokenize = '"
              + SearchIndex.TOKENIZER
              + "')",
          "CREATE TABLE temp.search_texts (holder INTEGER, hash INTEGER, part INTEGER,"
              + " PRIMARY KEY (holder, hash)) WITHOUT ROWID",
          "CREATE TABLE temp.search_repeats (part INTEGER PRIMARY KEY, older INTEGER)",
          "CREATE INDEX temp.search_repeats_by_older ON search_repeats (older)",
          "CREATE TABLE temp.late_parts (id INTEGER PRIMARY KEY, hash BLOB)");

  private static final List<String> DROP =
      List.of(
          "DROP TABLE temp.search",
          "DROP TABLE temp.search_texts",
          "DROP TABLE temp.search_repeats",
          "DROP TABLE temp.late_parts");

  private static final String SELECT =
      "SELECT id, part_origins.hash, part_origins.holder, length(content) FROM ";
  private static final String PARTS =
      " CROSS JOIN part_origins USING (id) CROSS JOIN parts USING (id) WHERE kind & "
          + Parts.SEARCHABLE;
  private static final String READ =
      SELECT
          + "late_parts"
          + PARTS
          + " AND part_origins.hash = late_parts.hash AND id > ? ORDER BY id LIMIT ?";
  private static final String READ_NEW = SELECT + "new_parts" + PARTS + " ORDER BY id";

  /** What a part's number stands for is told by its hash: it may be another's by now. */
  private static final String IS_GONE =
      "hash IS NOT (SELECT o.hash FROM part_origins AS o WHERE o.id = late_parts.id)";

  private static final int PARTS_AT_ONCE = 64;
  private static final int BYTES_AT_ONCE = 1 << 20;

  private final Database database;
  private final SearchRepeats repeats;
  private final LateChanges changes;
  private long leftOut;

  private LateIndex(Database database, LateChanges changes) throws SQLException {
    this.database = database;
    this.repeats = new SearchRepeats(database);
    this.changes = changes;
    this.leftOut = SearchIndex.indexed(database);
  }

  /** A search in tables of these names. */
  @FunctionalInterface
  interface Search<T> {
    T run() throws SQLException;
  }

  /** A part that a search looks into. */
  private record Late(PartRef part, long bytes) {
    static Late read(Row row) throws SQLException {
      PartRef part = new PartRef(row.number(), PartHash.of(row.bytes()), row.number());
      return new Late(part, row.number());
    }
  }

  /** A part whose text has been read. */
  private record LateText(PartRef part, SearchText text) {}

  /**
   * Makes the tables, of all that is stored now, on a connection that is not used again: it does
   * not give memory back before its end.
   */
  static LateIndex make(Database database) throws SQLException {
    create(database);
    LateIndex index = database.readTransaction(LateIndex::begin);
    index.fill();
    long indexed = SearchIndex.indexed(database);
    database.readTransaction(memory -> index.leaveOutUpTo(indexed)); // there may be many
    return index;
  }

  /** Makes the tables, of nothing but what has changed since, on such a connection. */
  static LateIndex ofChanges(Database database, LateChanges changes) throws SQLException {
    create(database);
    return new LateIndex(database, changes);
  }

  private static void create(Database database) throws SQLException {
    database.execute("PRAGMA query_only = FALSE"); // it is about tables in memory too
    execute(database, CREATE);
    execute(database, LateChanges.CREATE);
  }

  /** Takes note of what is missing. */
  private static LateIndex begin(Database reader) throws SQLException {
    reader.execute(
        "INSERT INTO temp.late_parts SELECT id, hash"
            + " FROM part_origins, housekeeping WHERE id > indexed");
    // What is new may repeat what is indexed.
    reader.execute(
        "INSERT INTO temp.search_texts SELECT * FROM main.search_texts WHERE holder IN"
            + " (SELECT holder FROM part_origins, housekeeping WHERE id > indexed)");
    return new LateIndex(reader, LateChanges.since(reader));
  }

  private void fill() throws SQLException {
    long done = leftOut;
    while (done < Long.MAX_VALUE) {
      long after = done;
      List<LateText> texts = database.readTransaction(reader -> read(after));
      database.readTransaction(memory -> add(texts));
      done = lastOf(texts);
    }
  }

  private List<LateText> read(long after) throws SQLException {
    List<LateText> texts = new ArrayList<>();
    long bytes = 0;
    List<Late> parts =
        database.list(READ, binder -> binder.number(after).number(PARTS_AT_ONCE), Late::read);
    for (int i = 0; i < parts.size() && bytes < BYTES_AT_ONCE; i++) {
      texts.add(textOf(parts.get(i)));
      bytes += parts.get(i).bytes();
    }
    forgetWhatIsGone(after, lastOf(texts));
    return texts;
  }

  /** Returns the number of the last part, or that of the last of all if there is none. */
  private static long lastOf(List<LateText> texts) {
    return texts.isEmpty() ? Long.MAX_VALUE : texts.get(texts.size() - 1).part().id();
  }

  /** Who finds it later, be it as it was, has not got it from here. */
  private void forgetWhatIsGone(long after, long last) throws SQLException {
    database.update(
        "DELETE FROM late_parts WHERE id > ? AND id <= ? AND " + IS_GONE,
        binder -> binder.number(after).number(last));
  }

  /** To be called in the transaction in which the part was found. */
  private LateText textOf(Late late) throws SQLException {
    SearchText text = SearchIndex.text(database, late.part().id());
    return new LateText(late.part(), Objects.requireNonNull(text));
  }

  /** Touches nothing but memory. Returns how many that were. */
  @CanIgnoreReturnValue
  private int add(List<LateText> texts) throws SQLException {
    for (LateText late : texts) {
      SearchIndex.add(database, repeats, late.part().id(), late.part().holder(), late.text());
    }
    return texts.size();
  }

  /**
   * Searches the tables, in the transaction in which the file is searched, and removes them.
   *
   * @param none what is found if the file's index has it all by now
   */
  <T> T searchOnce(Search<T> search, T none) throws SQLException {
    T found = none;
    if (SearchIndex.newestMissing(database) > 0) {
      leaveOutUpTo(SearchIndex.indexed(database));
      if (changes.isAnythingGone(database)) {
        replaceWhatIsGone();
      }
      found = search.run();
    }
    execute(database, DROP);
    execute(database, LateChanges.DROP);
    return found;
  }

  /** Leaves out what the file's index has. Returns the last part of that. */
  private long leaveOutUpTo(long indexed) throws SQLException {
    List<Long> there =
        database.list(
            "SELECT id FROM late_parts WHERE id > ? AND id <= ?",
            binder -> binder.number(leftOut).number(indexed),
            Row::number);
    for (long part : there) {
      leaveOut(part);
    }
    leftOut = indexed;
    return indexed;
  }

  private void replaceWhatIsGone() throws SQLException {
    List<Long> gone =
        database.list("SELECT id FROM late_parts WHERE " + IS_GONE, none -> {}, Row::number);
    for (long part : gone) {
      leaveOut(part);
      SearchRepeats.forget(database, part);
      database.update("DELETE FROM late_parts WHERE id = ?", binder -> binder.number(part));
    }
    changes.findNew(database, leftOut);
    for (Late late : database.list(READ_NEW, none -> {}, Late::read)) {
      add(List.of(textOf(late)));
    }
  }

  private void leaveOut(long part) throws SQLException {
    database.update("DELETE FROM search WHERE rowid = ?", binder -> binder.number(part));
  }

  private static void execute(Database database, List<String> statements) throws SQLException {
    for (String statement : statements) {
      database.execute(statement);
    }
  }
}
