package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.List;

/**
 * What has changed since a search began that had to wait for an index. What a call has said is gone
 * when it is stored again and says something else, be it in the file's index or in one that the
 * search makes; and what it says instead is in neither.
 *
 * @param collections how often something had been deleted
 * @param newestPart the number of the newest part
 * @param newestTrace the number of the newest trace
 * @param underWay the numbers of the calls that had not ended
 */
record LateChanges(long collections, long newestPart, long newestTrace, List<Long> underWay) {
  static final LateChanges NONE = new LateChanges(0, 0, 0, List.of());

  static final List<String> CREATE =
      List.of("CREATE TABLE temp.new_parts (id INTEGER PRIMARY KEY, holder INTEGER)");
  static final List<String> DROP = List.of("DROP TABLE temp.new_parts");

  private static final String COLLECTIONS = "SELECT collections FROM housekeeping";

  /** A part is a new one also under a number that is given again. */
  private static final String FIND_NEW =
      "INSERT OR IGNORE INTO temp.new_parts SELECT id, holder FROM part_origins"
          + " WHERE id NOT IN (SELECT id FROM late_parts) AND ";

  /** Takes note of what there is. */
  static LateChanges since(Database database) throws SQLException {
    List<Long> underWay =
        database.list(
            // The second condition, which the first one implies, names the index.
            "SELECT number FROM traces WHERE status = 'IN_PROGRESS' AND status <> 'SUCCESS'",
            none -> {},
            Row::number);
    return new LateChanges(
        database.findNumber(COLLECTIONS),
        SearchIndex.newest(database),
        database.findNumber("SELECT coalesce(max(number), 0) FROM traces"),
        List.copyOf(underWay));
  }

  /** Returns whether anything was deleted since. */
  boolean isAnythingGone(Database database) throws SQLException {
    return database.findNumber(COLLECTIONS) != collections;
  }

  /**
   * Finds parts that came since, of the calls that were there before: what others say was not there
   * when the search began. They are few then, although thousands may have come.
   *
   * @param indexed the last part that the file's index has
   */
  void findNew(Database database, long indexed) throws SQLException {
    database.update(
        FIND_NEW
            + "id > ? AND (trace <= ?"
            + " OR EXISTS (SELECT 1 FROM part_uses WHERE part = id AND part_uses.trace <= ?))",
        binder -> binder.number(indexed).number(newestTrace).number(newestTrace));
    findWhatOthersOfTheSessionBrought(database, indexed);
    // They may repeat what is indexed, but not what is gone.
    database.execute(
        "DELETE FROM temp.search_texts WHERE part NOT IN (SELECT id FROM temp.late_parts)");
    database.execute(
        "INSERT OR IGNORE INTO temp.search_texts SELECT * FROM main.search_texts"
            + " WHERE holder IN (SELECT holder FROM temp.new_parts)");
  }

  /** A call whose end is stored late may say what the session's next one has sent back already. */
  private void findWhatOthersOfTheSessionBrought(Database database, long indexed)
      throws SQLException {
    UsedParts used = UsedParts.after(database, indexed);
    for (long trace : underWay) {
      for (long part : used.newIn(trace)) {
        database.update(FIND_NEW + "id = ?", binder -> binder.number(part));
      }
    }
  }
}
