package io.traceforge.storage.sqlite;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Fills a statement's parameters from left to right. */
final class Binder {
  private final PreparedStatement statement;
  private int index;

  Binder(PreparedStatement statement) {
    this.statement = statement;
  }

  /** Binds a string in its stored form (see {@link Text}). */
  @CanIgnoreReturnValue
  Binder text(@Nullable String value) throws SQLException {
    if (value == null || Text.isWellFormed(value)) {
      statement.setString(++index, value);
    } else {
      statement.setBytes(++index, Text.toCodeUnits(value));
    }
    return this;
  }

  @CanIgnoreReturnValue
  Binder number(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  @CanIgnoreReturnValue
  Binder number(@Nullable Long value) throws SQLException {
    if (value == null) {
      statement.setNull(++index, Types.INTEGER);
    } else {
      statement.setLong(++index, value);
    }
    return this;
  }

  @CanIgnoreReturnValue
  Binder number(@Nullable Integer value) throws SQLException {
    return number(value == null ? null : Long.valueOf(value));
  }

  @CanIgnoreReturnValue
  Binder time(@Nullable Instant value) throws SQLException {
    return number(Times.toNanos(value));
  }

  @CanIgnoreReturnValue
  Binder bytes(byte @Nullable [] value) throws SQLException {
    statement.setBytes(++index, value);
    return this;
  }
}
