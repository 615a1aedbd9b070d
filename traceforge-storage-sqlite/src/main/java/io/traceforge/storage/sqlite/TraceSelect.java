package io.traceforge.storage.sqlite;

import io.traceforge.storage.TraceKey;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Turns a {@link TraceQuery} into SQL. Parts are read while the rows are, so both are of one state
 * of the file. Pages go on after a key, never by offset, so a page deep in a listing costs no more
 * than the first.
 */
final class TraceSelect {
  private TraceSelect() {}

  /** Returns the trace with an id, in a list that is empty if there is none. */
  static List<Trace> byId(Database database, String traceId) throws SQLException {
    PartReader parts = new PartReader(database);
    return database.list(
        "SELECT " + TraceRow.COLUMNS + " FROM traces WHERE id = ?",
        binder -> binder.text(traceId),
        row -> TraceRow.read(row, parts));
  }

  /**
   * Returns the traces that a query asks for, at most {@code limit}, or all if that is negative.
   */
  static List<Trace> list(Database database, TraceQuery query, int limit) throws SQLException {
    Conditions conditions = new Conditions();
    addFilters(conditions, query);
    addParents(conditions, query);
    addStatus(conditions, query);
    addCursor(conditions, query);
    String sessionId = query.sessionId();
    PartReader parts =
        sessionId != null && limit < 0
            ? PartReader.ofSession(database, sessionId)
            : new PartReader(database);
    return database.list(
        "SELECT " + TraceRow.COLUMNS + " FROM traces" + conditions.where() + order(query),
        binder -> conditions.bind(binder, limit),
        row -> TraceRow.read(row, parts));
  }

  private static void addFilters(Conditions conditions, TraceQuery query) {
    String sessionId = query.sessionId();
    if (sessionId != null) {
      conditions.add("session_id = ?", binder -> binder.text(sessionId));
    }
    if (query.noSession()) {
      conditions.add("session_id IS NULL");
    }
    String model = query.model();
    if (model != null) {
      conditions.add("coalesce(request_model, response_model) = ?", binder -> binder.text(model));
    }
    Instant from = query.from();
    if (from != null) {
      conditions.add("start_ns >= ?", binder -> binder.number(Times.nearest(from)));
    }
    Instant before = query.before();
    if (before != null) {
      conditions.add("start_ns < ?", binder -> binder.number(Times.nearest(before)));
    }
  }

  private static void addParents(Conditions conditions, TraceQuery query) {
    Set<String> parents = query.parentTraceIds();
    if (parents != null) {
      ParentFilter.add(conditions, parents);
    }
    String except = query.exceptSession();
    if (except != null) {
      conditions.add("session_id <> ?", binder -> binder.text(except));
    }
  }

  /** The engine uses a partial index only for a query that repeats the index's own condition. */
  private static void addStatus(Conditions conditions, TraceQuery query) {
    TraceStatus status = query.status();
    if (status != null) {
      conditions.add("status = '" + status.name() + "'");
      if (status != TraceStatus.SUCCESS && query.sessionId() == null) {
        conditions.add("status <> 'SUCCESS'");
      }
    }
  }

  private static void addCursor(Conditions conditions, TraceQuery query) {
    TraceKey after = query.afterKey();
    if (after == null) {
      return;
    }
    String beyond = query.newestFirst() ? " < " : " > ";
    long start = Times.nearest(after.startTime());
    if (query.sessionId() == null) {
      conditions.add(
          "(start_ns, id)" + beyond + "(?, ?)",
          binder -> binder.number(start).text(after.traceId()));
    } else {
      conditions.add(
          "(step_index, start_ns, id)" + beyond + "(?, ?, ?)",
          binder -> binder.number(after.stepIndex()).number(start).text(after.traceId()));
    }
  }

  private static String order(TraceQuery query) {
    String direction = query.newestFirst() ? " DESC" : "";
    String step = query.sessionId() == null ? "" : "step_index" + direction + ", ";
    return " ORDER BY " + step + "start_ns" + direction + ", id" + direction + " LIMIT ?";
  }
}
