package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a trace before it is stored again.
 *
 * @param number the number of its row
 * @param facts what it has added to its session's figures
 */
record StoredTrace(long number, TraceFacts facts) {

  static @Nullable StoredTrace find(Database database, String traceId) throws SQLException {
    return database.find(
        "SELECT number, " + TraceFacts.COLUMNS + " FROM traces WHERE id = ?",
        binder -> binder.text(traceId),
        row -> new StoredTrace(row.number(), TraceFacts.read(row)));
  }

  boolean isFinal() {
    return facts.attempt().status().isFinal();
  }
}
