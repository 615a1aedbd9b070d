package io.traceforge.storage.sqlite;

import io.traceforge.trace.CallAttempt;
import io.traceforge.trace.StepSummary;
import io.traceforge.trace.TraceStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The traces of a step that have the same request: a call's attempts are always among them, so what
 * happens to one such group leaves all others as they were. A group is usually one trace, or a few
 * retries; so a batch reads little, however many traces the step has.
 */
final class SameRequests {

  /**
   * Where a group stands.
   *
   * @param fingerprint of the request (see {@link CallAttempt#fingerprint})
   */
  record Place(String sessionId, int step, String fingerprint) {}

  private record FirstAttempt(Instant start, String traceId) {}

  private final Place place;
  private final Map<String, CallAttempt> attempts = new HashMap<>();
  private StepCounts countsBefore;
  private Map<FirstAttempt, String> failuresBefore;

  private SameRequests(Place place, List<CallAttempt> stored) {
    this.place = place;
    stored.forEach(this::put);
    countsBefore = counts();
    failuresBefore = failures();
  }

  /** A group of which nothing is stored. */
  static SameRequests none(Place place) {
    return new SameRequests(place, List.of());
  }

  static SameRequests load(Database database, Place place) throws SQLException {
    String sql =
        "SELECT "
            + CallAttempts.COLUMNS
            + " FROM traces WHERE session_id = ? AND step_index = ? AND fingerprint = ?";
    List<CallAttempt> stored =
        database.list(
            sql,
            b -> b.text(place.sessionId()).number(place.step()).text(place.fingerprint()),
            CallAttempts::read);
    return new SameRequests(place, stored);
  }

  void put(CallAttempt attempt) {
    attempts.put(attempt.traceId(), attempt);
  }

  void remove(CallAttempt attempt) {
    attempts.remove(attempt.traceId());
  }

  Place place() {
    return place;
  }

  /** Forgets the calls that do not fail any more. All groups do so before one of them stores. */
  void forgetFailures(Database database) throws SQLException {
    Map<FirstAttempt, String> failures = failures();
    for (FirstAttempt call : failuresBefore.keySet()) {
      if (!failures.containsKey(call)) {
        delete(database, call);
      }
    }
  }

  /** Stores which calls failed. Returns what changed in the counts since it was stored last. */
  StepCounts store(Database database) throws SQLException {
    Map<FirstAttempt, String> failures = failures();
    for (var failure : failures.entrySet()) {
      if (!failure.getValue().equals(failuresBefore.get(failure.getKey()))) {
        insert(database, failure.getKey(), failure.getValue());
      }
    }
    StepCounts counts = counts();
    StepCounts change = counts.minus(countsBefore);
    countsBefore = counts;
    failuresBefore = failures;
    return change;
  }

  private StepCounts counts() {
    StepSummary summary = StepSummary.of(attempts.values());
    return new StepCounts(summary.traces(), summary.calls(), summary.openCalls(), summary.errors());
  }

  private Map<FirstAttempt, String> failures() {
    Map<FirstAttempt, String> failures = new HashMap<>();
    if (attempts.values().stream().anyMatch(a -> a.status() == TraceStatus.ERROR)) {
      for (List<CallAttempt> call : CallAttempt.groupByCall(attempts.values())) {
        String failure = StepSummary.of(call.subList(call.size() - 1, call.size())).failure();
        if (failure != null) {
          CallAttempt first = call.get(0);
          failures.put(new FirstAttempt(first.startTime(), first.traceId()), failure);
        }
      }
    }
    return failures;
  }

  private void delete(Database database, FirstAttempt call) throws SQLException {
    database.update(
        "DELETE FROM failed_calls"
            + " WHERE session_id = ? AND step_index = ? AND start_ns = ? AND trace_id = ?",
        binder -> bind(binder, call));
  }

  private void insert(Database database, FirstAttempt call, String error) throws SQLException {
    database.update(
        "INSERT OR REPLACE INTO failed_calls"
            + " (session_id, step_index, start_ns, trace_id, error) VALUES (?, ?, ?, ?, ?)",
        binder -> {
          bind(binder, call);
          binder.text(error);
        });
  }

  private void bind(Binder binder, FirstAttempt call) throws SQLException {
    binder.text(place.sessionId()).number(place.step()).time(call.start()).text(call.traceId());
  }
}
