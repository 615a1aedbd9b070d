package io.traceforge.storage.sqlite;

import io.traceforge.trace.CallAttempt;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a trace adds to its session's figures: its small columns, without headers and bodies.
 *
 * @param sessionId the session, or {@code null} if the trace belongs to none
 */
record TraceFacts(
    @Nullable String sessionId,
    int stepIndex,
    int callNumber,
    @Nullable String model,
    @Nullable String provider,
    TokenUsage usage,
    CallAttempt attempt) {

  static final String COLUMNS =
      "session_id, step_index, call_number, coalesce(request_model, response_model), provider, "
          + "input_tokens, output_tokens, total_tokens, "
          + "cached_input_tokens, cache_write_tokens, reasoning_tokens, "
          + CallAttempts.COLUMNS;

  static TraceFacts of(Trace trace, String fingerprint) {
    return new TraceFacts(
        trace.sessionId(),
        trace.stepIndex(),
        trace.callNumber(),
        trace.metadata().model(),
        trace.metadata().provider(),
        trace.metadata().usage(),
        CallAttempt.of(trace, fingerprint));
  }

  /** Reads {@link #COLUMNS}. */
  static TraceFacts read(Row row) throws SQLException {
    return new TraceFacts(
        row.text(),
        row.integer(),
        row.integer(),
        row.text(),
        row.text(),
        Usages.read(row),
        CallAttempts.read(row));
  }

  /** Returns whether this has the same place in all indexes of the table. */
  boolean hasPlaceOf(TraceFacts other) {
    return Objects.equals(sessionId, other.sessionId)
        && stepIndex == other.stepIndex
        && attempt.startTime().equals(other.attempt.startTime())
        && attempt.fingerprint().equals(other.attempt.fingerprint());
  }
}
