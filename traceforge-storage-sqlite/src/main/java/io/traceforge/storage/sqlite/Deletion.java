package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Deletes sessions, and the parts that nobody else holds. Runs inside a transaction. */
final class Deletion {
  private final WriteAccess access;
  private final Database database;

  Deletion(WriteAccess access) {
    this.access = access;
    this.database = access.database();
  }

  /** Deletes a session with all that belongs to it. Returns how many traces that were. */
  int deleteSession(SessionRow session) throws SQLException {
    access.recent().forgetAll();
    String id = session.key().sessionId();
    int traces = delete("DELETE FROM traces WHERE session_id = ?", id);
    delete("DELETE FROM steps WHERE session_id = ?", id);
    delete("DELETE FROM failed_calls WHERE session_id = ?", id);
    FinalStates.forget(database, session.number());
    delete("DELETE FROM sessions WHERE id = ?", id);
    release(session.number());
    return traces;
  }

  private int delete(String sql, String sessionId) throws SQLException {
    return database.update(sql, binder -> binder.text(sessionId));
  }

  /** Deletes a trace of no session. */
  void deleteTrace(long number) throws SQLException {
    access.recent().forgetAll();
    database.update("DELETE FROM traces WHERE number = ?", binder -> binder.number(number));
    release(-number);
  }

  private record Held(long part, PartHash hash, long holder, boolean shared) {

    static Held read(Row row) throws SQLException {
      return new Held(row.number(), PartHash.of(row.bytes()), row.number(), row.number() != 0);
    }
  }

  private static final String HELD =
      "SELECT id, hash, holder, EXISTS (SELECT 1 FROM part_uses WHERE part = id)"
          + " FROM part_origins WHERE ";

  /** Lets go of all that a holder holds: there is no such holder any more. */
  private void release(long holder) throws SQLException {
    database.update("DELETE FROM part_uses WHERE holder = ?", binder -> binder.number(holder));
    SearchRepeats.forgetHolder(database, holder);
    release(
        holder, database.list(HELD + "holder = ?", binder -> binder.number(holder), Held::read));
  }

  /** Lets go of some parts that a holder holds. */
  void release(long holder, Set<Long> parts) throws SQLException {
    List<Held> held = new ArrayList<>();
    for (long part : parts) {
      SearchRepeats.forget(database, holder, part);
      database.update(
          "DELETE FROM part_uses WHERE part = ? AND holder = ?",
          binder -> binder.number(part).number(holder));
      held.addAll(database.list(HELD + "id = ?", binder -> binder.number(part), Held::read));
    }
    held.removeIf(part -> part.holder() != holder);
    release(holder, held);
  }

  /** What others hold as well goes over to one of them; the rest is deleted. */
  private void release(long holder, List<Held> held) throws SQLException {
    access.lastRequests().forget(holder);
    for (Held part : held) {
      if (part.shared()) {
        handOn(part);
      } else {
        delete(part);
      }
    }
    access.parts().collected(); // also if no part is gone: the holder's number will be another's
  }

  private record Use(long holder, long trace) {}

  private void handOn(Held held) throws SQLException {
    long part = held.part();
    Use heir =
        database
            .list(
                "SELECT holder, trace FROM part_uses WHERE part = ? ORDER BY trace LIMIT 1",
                binder -> binder.number(part),
                row -> new Use(row.number(), row.number()))
            .get(0);
    database.update(
        "UPDATE part_origins SET holder = ?, trace = ? WHERE id = ?",
        binder -> binder.number(heir.holder()).number(heir.trace()).number(part));
    database.update(
        "DELETE FROM part_uses WHERE part = ? AND holder = ?",
        binder -> binder.number(part).number(heir.holder()));
    access.parts().handedOn(new PartRef(part, held.hash(), heir.holder()));
  }

  private void delete(Held held) throws SQLException {
    long part = held.part();
    database.update("DELETE FROM parts WHERE id = ?", binder -> binder.number(part));
    database.update("DELETE FROM part_origins WHERE id = ?", binder -> binder.number(part));
    database.update("DELETE FROM search WHERE rowid = ?", binder -> binder.number(part));
    SearchRepeats.forget(database, part);
    access.parts().forget(held.hash());
  }
}
