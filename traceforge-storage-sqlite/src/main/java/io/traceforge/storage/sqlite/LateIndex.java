package io.traceforge.storage.sqlite;

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
          "CREATE TABLE temp.late_parts (id INTEGER PRIMARY KEY, hash BLOB, holder INTEGER)");

  private static final List<String> DROP =
      List.of(
          "DROP TABLE temp.search",
          "DROP TABLE temp.search_texts",
          "DROP TABLE temp.search_repeats",
          "DROP TABLE temp.late_parts");

  private static final String SELECT =
      "SELECT id, hash, holder, length(content) FROM part_origins JOIN parts USING (id)"
          + " WHERE kind & "
          + Parts.SEARCHABLE;

  private static final String NEW =
      "SELECT id, hash, holder, length(content) FROM"
          + " (SELECT id, hash, holder FROM part_origins"
          + " WHERE id > (SELECT indexed FROM housekeeping)"
          + " AND id NOT IN (SELECT id FROM late_parts))"
          + " CROSS JOIN parts USING (id) WHERE kind & "
          + Parts.SEARCHABLE
          + " ORDER BY id";

  private static final int PARTS_AT_ONCE = 64;
  private static final int BYTES_AT_ONCE = 1 << 20;

  private final Database database;
  private final SearchRepeats repeats;
  private long last;
  private long leftOut;
  private long collectionsBefore;

  private LateIndex(Database database) {
    this.database = database;
    this.repeats = new SearchRepeats(database);
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
   * Makes the tables, of all that is stored now. Who fails here need not clean up: the connection
   * is not used again.
   */
  static LateIndex make(Database database) throws SQLException {
    LateIndex index = new LateIndex(database);
    database.execute("PRAGMA query_only = FALSE"); // it is about tables in memory too
    index.execute(CREATE);
    index.fill(database.readTransaction(index::begin));
    long indexed = SearchIndex.indexed(database);
    database.readTransaction(memory -> index.leaveOutUpTo(indexed)); // there may be many
    return index;
  }

  /** Takes note of what is missing. Returns the last part that the file's index has. */
  private long begin(Database reader) throws SQLException {
    last = SearchIndex.newest(reader);
    collectionsBefore = collections();
    reader.execute(
        "INSERT INTO temp.late_parts SELECT id, hash, holder"
            + " FROM part_origins, housekeeping WHERE id > indexed");
    // What is new may repeat what is indexed.
    reader.execute(
        "INSERT INTO temp.search_texts SELECT * FROM main.search_texts WHERE holder IN"
            + " (SELECT holder FROM part_origins, housekeeping WHERE id > indexed)");
    return SearchIndex.indexed(reader);
  }

  private void fill(long indexed) throws SQLException {
    long done = indexed;
    while (done < last) {
      long after = done;
      List<LateText> texts = database.readTransaction(reader -> read(after));
      done = texts.isEmpty() ? last : database.readTransaction(memory -> add(texts));
    }
  }

  private List<LateText> read(long after) throws SQLException {
    List<Late> parts =
        database.list(
            SELECT + " AND id > ? AND id <= ? ORDER BY id LIMIT ?",
            binder -> binder.number(after).number(last).number(PARTS_AT_ONCE),
            Late::read);
    List<LateText> texts = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < parts.size() && bytes < BYTES_AT_ONCE; i++) {
      texts.add(textOf(parts.get(i)));
      bytes += parts.get(i).bytes();
    }
    return texts;
  }

  /** To be called in the transaction in which the part was found. */
  private LateText textOf(Late late) throws SQLException {
    SearchText text = SearchIndex.text(database, late.part().id());
    return new LateText(late.part(), Objects.requireNonNull(text));
  }

  /** Touches nothing but memory. Returns the number of the last part. */
  private long add(List<LateText> texts) throws SQLException {
    long number = 0;
    for (LateText late : texts) {
      number = late.part().id();
      SearchIndex.add(database, repeats, number, late.part().holder(), late.text());
    }
    return number;
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
      if (collections() != collectionsBefore) {
        replaceWhatIsGone();
      }
      found = search.run();
    }
    execute(DROP);
    database.execute("PRAGMA query_only = TRUE");
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

  /**
   * What an answer has said before its end is gone when it says something else, be it in this index
   * or in the file's. What is new, also under a number that is given again, may be what was there
   * when the search began.
   */
  private void replaceWhatIsGone() throws SQLException {
    List<Long> gone =
        database.list(
            "SELECT id FROM late_parts LEFT JOIN part_origins USING (id)"
                + " WHERE part_origins.hash IS NOT late_parts.hash",
            none -> {},
            Row::number);
    for (long part : gone) {
      leaveOut(part);
      SearchRepeats.forget(database, part);
      database.update("DELETE FROM late_parts WHERE id = ?", binder -> binder.number(part));
    }
    for (Late late : database.list(NEW, none -> {}, Late::read)) {
      add(List.of(textOf(late)));
    }
  }

  private long collections() throws SQLException {
    return database.findNumber("SELECT collections FROM housekeeping");
  }

  private void leaveOut(long part) throws SQLException {
    database.update("DELETE FROM search WHERE rowid = ?", binder -> binder.number(part));
  }

  private void execute(List<String> statements) throws SQLException {
    for (String statement : statements) {
      database.execute(statement);
    }
  }
}
