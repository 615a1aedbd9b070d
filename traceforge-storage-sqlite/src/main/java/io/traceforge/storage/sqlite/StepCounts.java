package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.Objects;

/** The counts of a step, of a part of it, or of a change to it. */
record StepCounts(int traces, int calls, int openCalls, int errors) {
  static final StepCounts ZERO = new StepCounts(0, 0, 0, 0);

  StepCounts plus(StepCounts other) {
    return new StepCounts(
        traces + other.traces,
        calls + other.calls,
        openCalls + other.openCalls,
        errors + other.errors);
  }

  StepCounts minus(StepCounts other) {
    return new StepCounts(
        traces - other.traces,
        calls - other.calls,
        openCalls - other.openCalls,
        errors - other.errors);
  }

  /** Returns the stored counts of a step. */
  static StepCounts find(Database database, String sessionId, int step) throws SQLException {
    StepCounts stored =
        database.find(
            "SELECT traces, calls, open_calls, errors FROM steps"
                + " WHERE session_id = ? AND step_index = ?",
            binder -> binder.text(sessionId).number(step),
            StepCounts::read);
    return Objects.requireNonNullElse(stored, ZERO);
  }

  /** Reads the four counts. */
  static StepCounts read(Row row) throws SQLException {
    return new StepCounts(row.integer(), row.integer(), row.integer(), row.integer());
  }

  /** Stores these counts as a step's. A step without traces has no row. */
  void store(Database database, String sessionId, int step) throws SQLException {
    if (traces == 0) {
      database.update(
          "DELETE FROM steps WHERE session_id = ? AND step_index = ?",
          binder -> binder.text(sessionId).number(step));
    } else {
      database.update(
          "INSERT INTO steps (session_id, step_index, traces, calls, open_calls, errors)"
              + " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET traces = excluded.traces,"
              + " calls = excluded.calls, open_calls = excluded.open_calls,"
              + " errors = excluded.errors",
          binder ->
              binder
                  .text(sessionId)
                  .number(step)
                  .number(traces)
                  .number(calls)
                  .number(openCalls)
                  .number(errors));
    }
  }
}
