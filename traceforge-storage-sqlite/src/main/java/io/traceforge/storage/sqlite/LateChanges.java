package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.List;

/**
 * What has changed since a search began to make an index of its own. What an answer has said before
 * its end is gone when it says something else, be it in that index or in the file's.
 *
 * @param collections how often something had been deleted
 * @param newestTrace the number of the newest trace
 * @param newestSession the number of the newest session
 */
record LateChanges(long collections, long newestTrace, long newestSession) {
  static final List<String> CREATE =
      List.of("CREATE TABLE temp.new_parts (id INTEGER PRIMARY KEY, holder INTEGER)");
  static final List<String> DROP = List.of("DROP TABLE temp.new_parts");

  private static final String COLLECTIONS = "SELECT collections FROM housekeeping";

  private static final String GONE =
      "SELECT id FROM late_parts LEFT JOIN part_origins USING (id)"
          + " WHERE part_origins.hash IS NOT late_parts.hash";

  /**
   * A part is a new one also under a number that is given again. A session may have been there and
   * the trace that first said something not, and the other way round.
   */
  private static final String FIND_NEW =
      "INSERT INTO temp.new_parts SELECT id, holder FROM part_origins"
          + " WHERE id > (SELECT indexed FROM housekeeping) AND id NOT IN (SELECT id FROM late_parts)"
          + " AND (holder BETWEEN ? AND ? OR trace <= ? OR EXISTS (SELECT 1 FROM part_uses AS u"
          + " WHERE u.part = id AND (u.holder BETWEEN ? AND ? OR u.trace <= ?)))";

  /** Takes note of what there is. */
  static LateChanges since(Database database) throws SQLException {
    return new LateChanges(
        database.findNumber(COLLECTIONS),
        database.findNumber("SELECT coalesce(max(number), 0) FROM traces"),
        database.findNumber("SELECT coalesce(max(number), 0) FROM sessions"));
  }

  /** Returns whether anything was deleted since. */
  boolean isAnythingGone(Database database) throws SQLException {
    return database.findNumber(COLLECTIONS) != collections;
  }

  /** Returns which parts are gone, or have come to be others. */
  static List<Long> gone(Database database) throws SQLException {
    return database.list(GONE, none -> {}, Row::number);
  }

  /**
   * Finds parts that came since, of those that were there before: what others say was not there
   * when the search began. They are few then, although thousands may have come.
   */
  void findNew(Database database) throws SQLException {
    database.update(FIND_NEW, binder -> bindBefore(bindBefore(binder)));
    // They may repeat what is indexed, but not what is gone.
    database.execute(
        "DELETE FROM temp.search_texts WHERE part NOT IN (SELECT id FROM temp.late_parts)");
    database.execute(
        "INSERT OR IGNORE INTO temp.search_texts SELECT * FROM main.search_texts"
            + " WHERE holder IN (SELECT holder FROM temp.new_parts)");
  }

  /** A holder is the number of a session, or that of a trace of none below zero. */
  private Binder bindBefore(Binder binder) throws SQLException {
    return binder.number(-newestTrace).number(newestSession).number(newestTrace);
  }
}
