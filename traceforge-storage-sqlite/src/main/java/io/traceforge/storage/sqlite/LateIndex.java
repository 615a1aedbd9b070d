package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the file's index lacks, as tables in memory. They have the names of the file's, and hide
 * them while they are there.
 *
 * <p>To make them may take seconds. In that time no transaction stays open, or else the WAL could
 * not be begun anew; so whoever searches first leaves out what has changed meanwhile.
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
          "CREATE TABLE temp.late_parts (id INTEGER PRIMARY KEY, hash BLOB)");

  private static final List<String> DROP =
      List.of(
          "DROP TABLE temp.search",
          "DROP TABLE temp.search_texts",
          "DROP TABLE temp.search_repeats",
          "DROP TABLE temp.late_parts");

  private static final int PARTS_AT_ONCE = 64;
  private static final int CHARACTERS_AT_ONCE = 1 << 20;

  private final Database database;
  private final SearchRepeats repeats;
  private long last;

  private LateIndex(Database database) {
    this.database = database;
    this.repeats = new SearchRepeats(database);
  }

  /** A search in tables of these names. */
  @FunctionalInterface
  interface Search<T> {
    T run() throws SQLException;
  }

  /** A part whose text has been read; the text is null if the part has been deleted. */
  private record Late(PartRef part, @Nullable SearchText text) {}

  /**
   * Makes the tables, of all that is stored now. Who fails here need not clean up: the connection
   * is not used again.
   *
   * @return null if the file's index has it all
   */
  static @Nullable LateIndex make(Database database) throws SQLException {
    if (SearchIndex.newestMissing(database) == 0) {
      return null;
    }
    LateIndex index = new LateIndex(database);
    database.execute("PRAGMA query_only = FALSE"); // it is about tables in memory too
    index.execute(CREATE);
    index.fill(database.readTransaction(index::begin));
    return index;
  }

  /** Returns the last part that the file's index has. */
  private long begin(Database reader) throws SQLException {
    last = SearchIndex.newest(reader);
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
      List<Late> texts = database.readTransaction(reader -> read(reader, after));
      done = texts.isEmpty() ? last : database.readTransaction(memory -> add(texts));
    }
  }

  private List<Late> read(Database reader, long after) throws SQLException {
    List<Late> texts = new ArrayList<>();
    long characters = 0;
    for (PartRef part : parts(reader, after)) {
      if (characters < CHARACTERS_AT_ONCE) {
        SearchText text = SearchIndex.text(reader, part.id());
        texts.add(new Late(part, text));
        characters += text == null ? 0 : text.length();
      }
    }
    return texts;
  }

  private List<PartRef> parts(Database reader, long after) throws SQLException {
    return reader.list(
        "SELECT id, hash, holder FROM parts JOIN part_origins USING (id)"
            + " WHERE id > ? AND id <= ? AND kind & ? ORDER BY id LIMIT ?",
        binder -> binder.number(after).number(last).number(Parts.SEARCHABLE).number(PARTS_AT_ONCE),
        row -> new PartRef(row.number(), PartHash.of(row.bytes()), row.number()));
  }

  /** Touches nothing but memory. Returns the number of the last part. */
  private long add(List<Late> texts) throws SQLException {
    long number = 0;
    for (Late late : texts) {
      number = late.part().id();
      if (late.text() != null) {
        SearchIndex.add(database, repeats, number, late.part().holder(), late.text());
        database.update(
            "INSERT INTO late_parts (id, hash) VALUES (?, ?)",
            binder -> binder.number(late.part().id()).bytes(late.part().hash().bytes()));
      }
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
    if (SearchIndex.indexed(database) < last) {
      leaveOutWhatIsGone();
      leaveOutWhatIsIndexed();
      found = search.run();
    }
    execute(DROP);
    database.execute("PRAGMA query_only = TRUE");
    return found;
  }

  /** The number of a deleted part may be another's by now. */
  private void leaveOutWhatIsGone() throws SQLException {
    for (long part :
        numbers(
            "SELECT id FROM late_parts LEFT JOIN part_origins USING (id)"
                + " WHERE part_origins.hash IS NOT late_parts.hash")) {
      leaveOut(part);
      SearchRepeats.forget(database, part);
    }
  }

  private void leaveOutWhatIsIndexed() throws SQLException {
    for (long part :
        numbers("SELECT id FROM late_parts WHERE id <= (SELECT indexed FROM housekeeping)")) {
      leaveOut(part);
    }
  }

  private List<Long> numbers(String query) throws SQLException {
    return database.list(query, none -> {}, Row::number);
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
