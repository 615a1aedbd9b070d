package io.traceforge.storage.sqlite;

import io.traceforge.storage.SessionStanding;
import io.traceforge.trace.FinalState;
import java.sql.SQLException;

/** Where sessions stood when they ended: in a table of its own, so that lists do not read it. */
final class FinalStates {
  private FinalStates() {}

  /** Returns a row whose standing tells it, from one that was read without it. */
  static SessionRow tellIn(SessionRow row, Database database) throws SQLException {
    FinalState stood =
        database.find(
            "SELECT step_index, state FROM final_states WHERE session = ?",
            binder -> binder.number(row.number()),
            found -> FinalState.of(found.integer(), found.string()));
    return stood == null
        ? row
        : row.with(row.figures().standing().toBuilder().finalState(stood).build());
  }

  /** Stores it if it is another one than before. */
  static void store(Database database, SessionRow before, SessionStanding standing)
      throws SQLException {
    FinalState stood = standing.finalState();
    if (stood == null) {
      forget(database, before.number());
    } else if (!stood.equals(before.figures().standing().finalState())) {
      database.update(
          "INSERT OR REPLACE INTO final_states (session, step_index, state) VALUES (?, ?, ?)",
          binder ->
              binder.number(before.number()).number(stood.stepIndex()).text(stood.stateJson()));
    }
  }

  static void forget(Database database, long session) throws SQLException {
    database.update("DELETE FROM final_states WHERE session = ?", binder -> binder.number(session));
  }
}
