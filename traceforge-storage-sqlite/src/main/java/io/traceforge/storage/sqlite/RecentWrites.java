package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What was written last, as it stands in the file: calls that are under way and sessions, which the
 * next writes mostly go on with. It holds as long as nobody else writes. Used by one thread at a
 * time, inside transactions.
 */
final class RecentWrites {
  private static final int MOST_CALLS = 5_000;
  private static final int MOST_SESSIONS = 1_000;

  private final Map<String, StoredTrace> underWay = newestOnly(MOST_CALLS);
  private final Map<String, SessionChanges> sessions = newestOnly(MOST_SESSIONS);
  private long version = -1;

  /** Forgets everything if another connection has written since the last transaction. */
  void begin(Database database) throws SQLException {
    long now = database.findNumber("PRAGMA data_version");
    if (now != version) {
      forgetAll();
      version = now;
    }
  }

  /** Returns a call that is under way, or {@code null} if it is not known here. */
  @Nullable StoredTrace underWay(String traceId) {
    return underWay.get(traceId);
  }

  /** Takes note of a trace that was stored. */
  void stored(String traceId, StoredTrace trace) {
    if (trace.isFinal()) {
      underWay.remove(traceId);
    } else {
      underWay.put(traceId, trace);
    }
  }

  /** Returns a session, or {@code null} if it is not known here. */
  @Nullable SessionChanges session(String id) {
    return sessions.get(id);
  }

  /** Takes note of a session all of whose changes were stored. */
  void stored(String id, SessionChanges session) {
    sessions.put(id, session);
  }

  /** Forgets a session whose row is changed in another way. */
  void forgetSession(String id) {
    sessions.remove(id);
  }

  /** Forgets everything: something was deleted, or taken back. */
  void forgetAll() {
    underWay.clear();
    sessions.clear();
  }

  private static <V> Map<String, V> newestOnly(int most) {
    return new LinkedHashMap<>(16, 0.75f, true) {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > most;
      }
    };
  }
}
