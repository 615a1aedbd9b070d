package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

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

  /** Returns the conditions, each with {@code AND} before it. */
  String and() {
    return conditions.stream().map(condition -> " AND " + condition).collect(Collectors.joining());
  }

  /** Binds the parameters. */
  void bind(Binder binder) throws SQLException {
    for (SqlFunction.Action<Binder> parameter : parameters) {
      parameter.accept(binder);
    }
  }

  /** Binds the parameters, and after them a limit. */
  void bind(Binder binder, int limit) throws SQLException {
    bind(binder);
    binder.number(limit);
  }
}
