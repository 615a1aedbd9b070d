package io.traceforge.storage.sqlite;

import io.traceforge.trace.CallAttempt;
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

  /** Reads {@link #COLUMNS}. */
  static CallAttempt read(Row row) throws SQLException {
    String id = row.string();
    Instant start = Times.instantOf(row.number());
    Duration total = row.duration();
    return CallAttempt.builder()
        .traceId(id)
        .startTime(start)
        .endTime(total == null ? null : start.plus(total))
        .status(TraceStatus.valueOf(row.string()))
        .retryCount(row.optionalInteger())
        .fingerprint(row.string())
        .error(error(row.text(), row.text()))
        .build();
  }

  private static @Nullable String error(@Nullable String type, @Nullable String message) {
    return type == null ? null : TraceError.of(type, message, null).toString();
  }
}
