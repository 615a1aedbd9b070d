package io.traceforge.storage.sqlite;

import io.traceforge.storage.SessionFigures;
import io.traceforge.storage.TraceQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Looks through a whole file, on a connection that reads. */
final class FileCheck {
  private static final int TRACES_AT_ONCE = 500;

  private final Database database;
  private final List<String> problems = new ArrayList<>();

  private FileCheck(Database database) {
    this.database = database;
  }

  /** Returns what is wrong. */
  static List<String> run(Database database) throws SQLException {
    return database.readTransaction(reader -> new FileCheck(reader).run());
  }

  private List<String> run() throws SQLException {
    engine();
    if (problems.isEmpty()) {
      parts();
      problems.addAll(PartCheck.run(database));
      traces();
      sessions();
    }
    return List.copyOf(problems);
  }

  private void engine() throws SQLException {
    database.list("PRAGMA integrity_check", none -> {}, Row::string).stream()
        .filter(line -> !line.equals("ok"))
        .forEach(problems::add);
  }

  private void parts() throws SQLException {
    expectNone("parts without an origin", "parts WHERE id NOT IN (SELECT id FROM part_origins)");
    expectNone("parts without a content", "part_origins WHERE id NOT IN (SELECT id FROM parts)");
    expectNone("uses of no part", "part_uses WHERE part NOT IN (SELECT id FROM parts)");
    expectNone(
        "texts in the search index that are gone",
        "search_docsize WHERE id NOT IN (SELECT id FROM parts)");
    expectNone("steps of no session", "steps WHERE session_id NOT IN (SELECT id FROM sessions)");
    expectNone(
        "failed calls of no session",
        "failed_calls WHERE session_id NOT IN (SELECT id FROM sessions)");
    expectNone(
        "final states of no session",
        "final_states WHERE session NOT IN (SELECT number FROM sessions)");
    expectNone(
        "sessions with traces but without a row",
        "traces WHERE session_id IS NOT NULL AND session_id NOT IN (SELECT id FROM sessions)");
  }

  private void expectNone(String what, String rows) throws SQLException {
    long found = database.findNumber("SELECT count(*) FROM " + rows);
    if (found > 0) {
      problems.add(what + ": " + found);
    }
  }

  /** A trace can be read if all its parts are there. */
  private void traces() throws SQLException {
    long last = 0;
    List<Long> numbers = numbersAfter(last);
    while (!numbers.isEmpty()) {
      for (long number : numbers) {
        readTrace(number);
        last = number;
      }
      numbers = numbersAfter(last);
    }
  }

  private List<Long> numbersAfter(long last) throws SQLException {
    return database.list(
        "SELECT number FROM traces WHERE number > ? ORDER BY number LIMIT " + TRACES_AT_ONCE,
        binder -> binder.number(last),
        Row::number);
  }

  private void readTrace(long number) {
    try {
      PartReader parts = new PartReader(database);
      database.list(
          "SELECT " + TraceRow.COLUMNS + " FROM traces WHERE number = ?",
          binder -> binder.number(number),
          row -> TraceRow.read(row, parts));
    } catch (SQLException | RuntimeException damaged) {
      problems.add("trace number " + number + " cannot be read: " + damaged.getMessage());
    }
  }

  private void sessions() throws SQLException {
    if (!problems.isEmpty()) {
      return; // figures of traces that cannot be read would be wrong too
    }
    for (String id : database.list("SELECT id FROM sessions", none -> {}, Row::string)) {
      SessionRow row = SessionRow.find(database, id);
      if (row != null && !row.figures().equals(recomputed(row))) {
        problems.add("the figures of session " + id + " are not those of its traces");
      }
      if (!StepCheck.isRight(database, id)) {
        problems.add("the steps of session " + id + " are not those of its traces");
      }
    }
  }

  private SessionFigures recomputed(SessionRow row) throws SQLException {
    String id = row.key().sessionId();
    return SessionFigures.of(
        id, TraceSelect.list(database, TraceQuery.ofSession(id), -1), row.figures().standing());
  }
}
