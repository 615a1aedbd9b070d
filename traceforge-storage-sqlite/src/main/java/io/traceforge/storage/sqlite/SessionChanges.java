package io.traceforge.storage.sqlite;

import io.traceforge.storage.SessionFigures;
import io.traceforge.storage.SessionKey;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What batches do to one session. It takes each change before the trace's row is written, and
 * stores the session's figures after all rows of the batch are.
 */
final class SessionChanges {
  private static final int MOST_GROUPS = 16;

  private final Database database;
  private final KnownSteps steps;
  private final Map<SameRequests.Place, SameRequests> requests = new HashMap<>();
  private final Set<SameRequests> changed = new LinkedHashSet<>();
  private SessionRow row;
  private SessionTotals totals;
  private boolean addUpAgain;

  private SessionChanges(Database database, SessionRow row, boolean fresh) {
    this.database = database;
    this.row = row;
    this.steps = new KnownSteps(database, row.key().sessionId(), fresh);
    this.totals = SessionTotals.of(row.figures());
  }

  /** Changes to a session that is stored. */
  static SessionChanges to(Database database, SessionRow stored) {
    return new SessionChanges(database, stored, false);
  }

  /** Changes to a session that is not stored, and will have a number that nobody else has. */
  static SessionChanges toNew(Database database, SessionKey key, long number) {
    SessionFigures none = SessionFigures.builder(key.sessionId()).build();
    return new SessionChanges(database, new SessionRow(number, key, none), true);
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

  /** Returns the group of a trace, which is about to change. */
  private SameRequests requestsLike(TraceFacts trace) throws SQLException {
    String fingerprint = trace.attempt().fingerprint();
    var place = new SameRequests.Place(row.key().sessionId(), trace.stepIndex(), fingerprint);
    SameRequests known = requests.get(place);
    if (known == null) {
      boolean none = steps.of(trace.stepIndex()).traces() == 0;
      known = none ? SameRequests.none(place) : SameRequests.load(database, place);
      requests.put(place, known);
    }
    changed.add(known);
    return known;
  }

  /** Stores the figures. What comes next goes on from there. */
  void store() throws SQLException {
    if (addUpAgain) {
      totals = sum();
      addUpAgain = false;
    }
    SessionFigures.Builder figures = row.figures().toBuilder();
    storeSteps(figures);
    tellLastStep(figures);
    row = row.with(totals.addTo(figures).build());
    row.store(database);
    steps.trim();
    if (requests.size() > MOST_GROUPS) {
      requests.clear();
    }
  }

  private void storeSteps(SessionFigures.Builder figures) throws SQLException {
    // A call may have gone from one group to another.
    for (SameRequests group : changed) {
      group.forgetFailures(database);
    }
    Map<Integer, StepCounts> changes = new HashMap<>();
    for (SameRequests group : changed) {
      changes.merge(group.place().step(), group.store(database), StepCounts::plus);
    }
    changed.clear();
    StepCounts sum = StepCounts.ZERO;
    int newSteps = 0;
    for (var change : changes.entrySet()) {
      if (!change.getValue().equals(StepCounts.ZERO)) {
        StepCounts before = steps.of(change.getKey());
        StepCounts after = before.plus(change.getValue());
        steps.store(change.getKey(), after);
        sum = sum.plus(change.getValue());
        newSteps += Integer.signum(after.traces()) - Integer.signum(before.traces());
      }
    }
    SessionFigures old = row.figures();
    figures
        .steps(old.steps() + newSteps)
        .traces(old.traces() + sum.traces())
        .calls(old.calls() + sum.calls())
        .openCalls(old.openCalls() + sum.openCalls())
        .errors(old.errors() + sum.errors());
  }

  private void tellLastStep(SessionFigures.Builder figures) throws SQLException {
    Integer last = steps.last(row.figures().lastStep());
    figures.lastStep(last == null ? 0 : last);
    figures.lastStepFailure(last == null ? null : firstFailure(last));
  }

  private @Nullable String firstFailure(int step) throws SQLException {
    StepCounts counts = steps.of(step);
    if (counts.openCalls() > 0 || counts.errors() == 0) {
      return null;
    }
    return database.find(
        "SELECT error FROM failed_calls"
            + " WHERE session_id = ? AND step_index = ? ORDER BY start_ns, trace_id LIMIT 1",
        binder -> binder.text(row.key().sessionId()).number(step),
        Row::string);
  }

  /** The totals are kept up by adding; only a trace that was taken away makes us start anew. */
  private SessionTotals sum() throws SQLException {
    String sessionId = row.key().sessionId();
    return SessionTotals.sum(
        sessionId,
        database.list(
            "SELECT " + TraceFacts.COLUMNS + " FROM traces WHERE session_id = ?",
            binder -> binder.text(sessionId),
            TraceFacts::read));
  }
}
