package io.traceforge.storage.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the columns of a result's current row from left to right. */
final class Row {
  private final ResultSet results;
  private int index;

  Row(ResultSet results) {
    this.results = results;
  }

  /** Goes back to the first column. */
  Row rewind() {
    index = 0;
    return this;
  }

  /** Reads a string in its stored form (see {@link Text}). */
  @Nullable String text() throws SQLException {
    Object value = results.getObject(++index);
    return value instanceof byte[] units ? Text.fromCodeUnits(units) : (String) value;
  }

  /** Reads a string from a column that is never null. */
  String string() throws SQLException {
    return Objects.requireNonNull(text());
  }

  /** Reads a text that may be kept as a part: then the column has its number. */
  String field(PartReader parts) throws SQLException {
    Object value = results.getObject(++index);
    if (value instanceof byte[] units) {
      return Text.fromCodeUnits(units);
    }
    String text = (String) value;
    return Text.beginsWithDigit(text) ? parts.text(Long.parseLong(text)) : text;
  }

  long number() throws SQLException {
    return results.getLong(++index);
  }

  int integer() throws SQLException {
    return results.getInt(++index);
  }

  @Nullable Long optionalNumber() throws SQLException {
    long value = results.getLong(++index);
    return results.wasNull() ? null : value;
  }

  @Nullable Integer optionalInteger() throws SQLException {
    int value = results.getInt(++index);
    return results.wasNull() ? null : value;
  }

  @Nullable Instant time() throws SQLException {
    return Times.instant(optionalNumber());
  }

  @Nullable Duration duration() throws SQLException {
    return Times.duration(optionalNumber());
  }

  /** Reads a BLOB; the driver tells an empty one as null. */
  byte[] bytes() throws SQLException {
    byte[] value = results.getBytes(++index);
    return value == null ? new byte[0] : value;
  }
}
