package io.traceforge.storage.sqlite;

import io.traceforge.trace.CallAttempt;
import io.traceforge.trace.StepSummary;
import io.traceforge.trace.TraceStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/** Looks whether what is stored about a session's steps is what its traces tell. */
final class StepCheck {
  private final Database database;
  private final String sessionId;

  private StepCheck(Database database, String sessionId) {
    this.database = database;
    this.sessionId = sessionId;
  }

  private record Step(int index, StepCounts counts) {}

  private record Failure(int step, Instant start, String traceId, String error) {}

  /** Returns whether the rows are right. */
  static boolean isRight(Database database, String sessionId) throws SQLException {
    return new StepCheck(database, sessionId).isRight();
  }

  private boolean isRight() throws SQLException {
    Set<Step> steps = new HashSet<>();
    Set<Failure> failures = new HashSet<>();
    for (var step : attempts().entrySet()) {
      StepSummary sum = StepSummary.of(step.getValue());
      steps.add(
          new Step(
              step.getKey(),
              new StepCounts(sum.traces(), sum.calls(), sum.openCalls(), sum.errors())));
      for (List<CallAttempt> call : CallAttempt.groupByCall(step.getValue())) {
        CallAttempt last = call.get(call.size() - 1);
        if (last.status() == TraceStatus.ERROR) {
          failures.add(failure(step.getKey(), call.get(0), last));
        }
      }
    }
    return steps.equals(storedSteps()) && failures.equals(storedFailures());
  }

  private static Failure failure(int step, CallAttempt first, CallAttempt last) {
    String error = Objects.requireNonNullElse(last.error(), "error");
    return new Failure(step, first.startTime(), first.traceId(), error);
  }

  private Map<Integer, List<CallAttempt>> attempts() throws SQLException {
    Map<Integer, List<CallAttempt>> attempts = new TreeMap<>();
    database
        .list(
            "SELECT " + TraceFacts.COLUMNS + " FROM traces WHERE session_id = ?",
            binder -> binder.text(sessionId),
            TraceFacts::read)
        .forEach(
            trace ->
                attempts
                    .computeIfAbsent(trace.stepIndex(), step -> new ArrayList<>())
                    .add(trace.attempt()));
    return attempts;
  }

  private Set<Step> storedSteps() throws SQLException {
    return new HashSet<>(
        database.list(
            "SELECT step_index, traces, calls, open_calls, errors FROM steps"
                + " WHERE session_id = ?",
            binder -> binder.text(sessionId),
            row -> new Step(row.integer(), StepCounts.read(row))));
  }

  private Set<Failure> storedFailures() throws SQLException {
    return new HashSet<>(
        database.list(
            "SELECT step_index, start_ns, trace_id, error FROM failed_calls"
                + " WHERE session_id = ?",
            binder -> binder.text(sessionId),
            row ->
                new Failure(
                    row.integer(), Times.instantOf(row.number()), row.string(), row.string())));
  }
}
