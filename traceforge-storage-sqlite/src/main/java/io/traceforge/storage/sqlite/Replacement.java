package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets go of the parts that a trace has no more, now that it is stored anew with other texts; or
 * else a search would find it by words that are nowhere in it. Rare, so it may take its time. Runs
 * inside a transaction.
 */
final class Replacement {
  private final WriteAccess access;
  private final Database database;
  private final long trace;
  private final Set<Long> before;

  private Replacement(WriteAccess access, long trace, Set<Long> before) {
    this.access = access;
    this.database = access.database();
    this.trace = trace;
    this.before = before;
  }

  /** To be called before the trace's row changes. */
  static Replacement of(WriteAccess access, long trace) throws SQLException {
    return new Replacement(access, trace, new UsedParts(access.database()).newIn(trace));
  }

  /**
   * To be called when the trace's row has changed.
   *
   * @param holder who held the parts before
   * @param sessionId the session that is the holder, or {@code null} if it is the trace itself
   * @param stays whether the holder is still the same
   */
  void letGo(long holder, @Nullable String sessionId, boolean stays) throws SQLException {
    if (stays) {
      before.removeAll(new UsedParts(database).newIn(trace));
    }
    if (!before.isEmpty()) {
      if (sessionId != null) {
        handOnWithin(sessionId, holder);
      }
      keepWhatIsInsideOfOthers(holder);
      new Deletion(access).release(holder, before);
    }
  }

  /**
   * A holder may hold parts that no row of his names: a state that has changed since, or pieces of
   * a body that got no holes. They stay, as nobody knows of them, with all that is inside of them.
   */
  private void keepWhatIsInsideOfOthers(long holder) throws SQLException {
    UsedParts used = new UsedParts(database);
    for (long part : partsOf(holder)) {
      if (!before.contains(part)) {
        before.removeAll(used.newInside(part));
      }
    }
  }

  private List<Long> partsOf(long holder) throws SQLException {
    return database.list(
        "SELECT id FROM part_origins WHERE holder = ? UNION ALL"
            + " SELECT part FROM part_uses WHERE holder = ?",
        binder -> binder.number(holder).number(holder),
        Row::number);
  }

  /** What another call of the session has as well came with that one, from now on. */
  private void handOnWithin(String sessionId, long holder) throws SQLException {
    List<Long> others =
        database.list(
            "SELECT number FROM traces WHERE session_id = ? AND number <> ? ORDER BY number",
            binder -> binder.text(sessionId).number(trace),
            Row::number);
    UsedParts used = new UsedParts(database);
    for (int i = 0; i < others.size() && !before.isEmpty(); i++) {
      long other = others.get(i);
      for (long part : used.newIn(other)) {
        if (before.remove(part)) {
          bringWith(part, holder, other);
        }
      }
    }
  }

  private void bringWith(long part, long holder, long other) throws SQLException {
    bringWith("UPDATE part_origins SET trace = ? WHERE id = ? AND ", part, holder, other);
    bringWith("UPDATE part_uses SET trace = ? WHERE part = ? AND ", part, holder, other);
  }

  private void bringWith(String update, long part, long holder, long other) throws SQLException {
    database.update(
        update + "holder = ? AND trace = ?",
        binder -> binder.number(other).number(part).number(holder).number(trace));
  }
}
