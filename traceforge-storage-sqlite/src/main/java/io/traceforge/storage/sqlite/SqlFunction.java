package io.traceforge.storage.sqlite;

import java.sql.SQLException;

/** A function that may fail with an {@link SQLException}. */
@FunctionalInterface
interface SqlFunction<A, R> {
  R apply(A argument) throws SQLException;

  /** A use of something that may fail with an {@link SQLException}. */
  @FunctionalInterface
  interface Action<A> {
    void accept(A argument) throws SQLException;
  }
}
