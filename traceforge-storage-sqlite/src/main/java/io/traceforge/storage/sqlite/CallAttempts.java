package io.traceforge.storage.sqlite;

import io.traceforge.trace.CallAttempt;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The columns of {@link CallAttempt}. */
final class CallAttempts {
  static final String COLUMNS =
      "id, start_ns, total_ns, status, retry_count, fingerprint, error_type, error_message";

  private CallAttempts() {}

  /** Returns the attempt that a trace is; the fingerprint is of our own making. */
  static CallAttempt of(Trace trace, String fingerprint) {
    TraceError error = trace.error();
    return new CallAttempt(
        trace.id(),
        trace.startTime(),
        trace.endTime(),
        trace.status(),
        trace.metadata().retryCount(),
        fingerprint,
        error == null ? null : error.toString());
  }

  /** Reads {@link #COLUMNS}. */
  static CallAttempt read(Row row) throws SQLException {
    String id = row.string();
    Instant start = Times.instantOf(row.number());
    Duration total = row.duration();
    return new CallAttempt(
        id,
        start,
        total == null ? null : start.plus(total),
        TraceStatus.valueOf(row.string()),
        row.optionalInteger(),
        row.string(),
        error(row.text(), row.text()));
  }

  private static @Nullable String error(@Nullable String type, @Nullable String message) {
    return type == null ? null : TraceError.of(type, message, null).toString();
  }
}
