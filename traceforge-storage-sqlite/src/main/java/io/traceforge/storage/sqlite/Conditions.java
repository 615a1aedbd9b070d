package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The conditions of a query with their parameters, in the order in which they were added. */
final class Conditions {
  private final List<String> conditions = new ArrayList<>();
  private final List<SqlFunction.Action<Binder>> parameters = new ArrayList<>();

  /** Adds a condition without parameters. */
  void add(String condition) {
    conditions.add(condition);
  }

  /** Adds a condition and what binds its parameters. */
  void add(String condition, SqlFunction.Action<Binder> parameter) {
    conditions.add(condition);
    parameters.add(parameter);
  }

  /** Returns the {@code WHERE} clause with a space before it; nothing if there is no condition. */
  String where() {
    return conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
  }

  /** Binds the parameters, and after them a limit. */
  void bind(Binder binder, int limit) throws SQLException {
    for (SqlFunction.Action<Binder> parameter : parameters) {
      parameter.accept(binder);
    }
    binder.number(limit);
  }
}
