package io.traceforge.storage.sqlite;

import io.traceforge.storage.SessionFigures;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a batch does to one session. It takes each change before the trace's row is written, and
 * stores the session's figures after all rows are.
 */
final class SessionChanges {
  private final Database database;
  private final SessionRow row;
  private final Map<SameRequests.Place, SameRequests> requests = new LinkedHashMap<>();
  private final SessionTotals totals;
  private boolean addUpAgain;

  SessionChanges(Database database, String sessionId, Instant time) throws SQLException {
    this.database = database;
    row = known(sessionId, time);
    totals = SessionTotals.of(row.figures());
  }

  /** A new row is stored at once: the parts of its traces name its number. */
  private SessionRow known(String sessionId, Instant time) throws SQLException {
    SessionRow found = SessionRow.find(database, sessionId);
    if (found != null) {
      return found;
    }
    SessionRow fresh = SessionRow.findOrNew(database, sessionId, time);
    fresh.store(database);
    return fresh;
  }

  /** Returns the session's number. */
  long number() {
    return row.number();
  }

  void add(TraceFacts added) throws SQLException {
    requestsLike(added).put(added.attempt());
    totals.add(added);
  }

  void remove(TraceFacts removed) throws SQLException {
    requestsLike(removed).remove(removed.attempt());
    addUpAgain = true;
  }

  void replace(TraceFacts old, TraceFacts changed) throws SQLException {
    requestsLike(old).remove(old.attempt());
    requestsLike(changed).put(changed.attempt());
    if (SessionTotals.canReplace(old, changed)) {
      totals.add(changed);
    } else {
      addUpAgain = true;
    }
  }

  private SameRequests requestsLike(TraceFacts trace) throws SQLException {
    String fingerprint = trace.attempt().fingerprint();
    var place = new SameRequests.Place(row.key().sessionId(), trace.stepIndex(), fingerprint);
    SameRequests known = requests.get(place);
    if (known == null) {
      known = SameRequests.load(database, place);
      requests.put(place, known);
    }
    return known;
  }

  void store() throws SQLException {
    SessionFigures.Builder figures = row.figures().toBuilder();
    storeSteps(figures);
    tellLastStep(figures);
    row.with(totalsNow().addTo(figures).build()).store(database);
  }

  private void storeSteps(SessionFigures.Builder figures) throws SQLException {
    Map<Integer, StepCounts> changes = new HashMap<>();
    for (SameRequests group : requests.values()) {
      changes.merge(group.place().step(), group.store(database), StepCounts::plus);
    }
    StepCounts sum = StepCounts.ZERO;
    int newSteps = 0;
    for (var change : changes.entrySet()) {
      int step = change.getKey();
      StepCounts before = StepCounts.find(database, row.key().sessionId(), step);
      StepCounts after = before.plus(change.getValue());
      after.store(database, row.key().sessionId(), step);
      sum = sum.plus(change.getValue());
      newSteps += Integer.signum(after.traces()) - Integer.signum(before.traces());
    }
    SessionFigures old = row.figures();
    figures
        .steps(old.steps() + newSteps)
        .traces(old.traces() + sum.traces())
        .calls(old.calls() + sum.calls())
        .openCalls(old.openCalls() + sum.openCalls())
        .errors(old.errors() + sum.errors());
  }

  private record LastStep(int index, int openCalls) {}

  private void tellLastStep(SessionFigures.Builder figures) throws SQLException {
    LastStep last =
        database.find(
            "SELECT step_index, open_calls FROM steps"
                + " WHERE session_id = ? ORDER BY step_index DESC LIMIT 1",
            binder -> binder.text(row.key().sessionId()),
            result -> new LastStep(result.integer(), result.integer()));
    figures.lastStep(last == null ? 0 : last.index());
    figures.lastStepFailure(
        last == null || last.openCalls() > 0 ? null : firstFailure(last.index()));
  }

  private @Nullable String firstFailure(int step) throws SQLException {
    return database.find(
        "SELECT error FROM failed_calls"
            + " WHERE session_id = ? AND step_index = ? ORDER BY start_ns, trace_id LIMIT 1",
        binder -> binder.text(row.key().sessionId()).number(step),
        Row::string);
  }

  /** The totals were kept up by adding; only a trace that was taken away makes us start anew. */
  private SessionTotals totalsNow() throws SQLException {
    if (!addUpAgain) {
      return totals;
    }
    String sessionId = row.key().sessionId();
    return SessionTotals.sum(
        sessionId,
        database.list(
            "SELECT " + TraceFacts.COLUMNS + " FROM traces WHERE session_id = ?",
            binder -> binder.text(sessionId),
            TraceFacts::read));
  }
}
