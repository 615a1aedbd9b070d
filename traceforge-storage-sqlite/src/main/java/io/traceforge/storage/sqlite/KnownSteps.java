package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The counts of a session's steps, read when they are first asked for. */
final class KnownSteps {
  private static final int MOST = 16;

  private final Database database;
  private final String sessionId;
  private final NavigableMap<Integer, StepCounts> known = new TreeMap<>();

  /** Whether the steps that are not known here have no traces. */
  private boolean complete;

  /**
   * The steps of a session.
   *
   * @param fresh whether the session has none yet
   */
  KnownSteps(Database database, String sessionId, boolean fresh) {
    this.database = database;
    this.sessionId = sessionId;
    this.complete = fresh;
  }

  /** Returns the stored counts of a step. */
  StepCounts of(int step) throws SQLException {
    StepCounts counts = known.get(step);
    if (counts == null) {
      counts = complete ? StepCounts.ZERO : StepCounts.find(database, sessionId, step);
      known.put(step, counts);
    }
    return counts;
  }

  /** Stores the counts of a step. */
  void store(int step, StepCounts counts) throws SQLException {
    counts.store(database, sessionId, step);
    known.put(step, counts);
  }

  /**
   * Returns the last step that has traces, or {@code null} if there is none.
   *
   * @param before the last one when the session was stored last
   */
  @Nullable Integer last(int before) throws SQLException {
    of(before);
    for (var step : known.tailMap(before, true).descendingMap().entrySet()) {
      if (step.getValue().traces() > 0) {
        return step.getKey();
      }
    }
    return database.find(
        "SELECT step_index FROM steps WHERE session_id = ? ORDER BY step_index DESC LIMIT 1",
        binder -> binder.text(sessionId),
        Row::integer);
  }

  /** Forgets the first ones, if they are many: a session mostly goes on at its end. */
  void trim() {
    while (known.size() > MOST) {
      known.pollFirstEntry();
      complete = false;
    }
  }
}
