package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * What is stored of a trace before it is stored again.
 *
 * @param number the number of its row
 * @param answered whether it has a response, if only in part
 * @param facts what it has added to its session's figures
 */
record StoredTrace(long number, boolean answered, TraceFacts facts) {

  static @Nullable StoredTrace find(Database database, String traceId) throws SQLException {
    return database.find(
        "SELECT number, response_status IS NOT NULL, "
            + TraceFacts.COLUMNS
            + " FROM traces WHERE id = ?",
        binder -> binder.text(traceId),
        row -> new StoredTrace(row.number(), row.integer() != 0, TraceFacts.read(row)));
  }

  boolean isFinal() {
    return facts.attempt().status().isFinal();
  }
}
