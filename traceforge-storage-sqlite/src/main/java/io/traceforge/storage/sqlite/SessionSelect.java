package io.traceforge.storage.sqlite;

import io.traceforge.storage.SessionKey;
import io.traceforge.storage.SessionQuery;
import io.traceforge.trace.SessionStatus;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the sessions that a query asks for. The engine passes over nearly all others, so that they
 * need not be read; the last word has {@link SessionQuery#matches}.
 */
final class SessionSelect {
  /** See {@code SessionFigures}: by their times, which may all be missing. */
  private static final String SILENT =
      "coalesce(? - max(coalesce(last_start_ns, last_end_ns, last_update_ns),"
          + " coalesce(last_end_ns, last_start_ns, last_update_ns),"
          + " coalesce(last_update_ns, last_start_ns, last_end_ns)) > timeout_ns, 0)";

  private static final String STATUS =
      "CASE WHEN failure IS NOT NULL"
          + (" OR (last_step_failure IS NOT NULL AND (ended_at_ns IS NOT NULL OR " + SILENT + "))")
          + (" OR (open_calls > 0 AND " + SILENT + ")")
          + (" THEN " + bit(SessionStatus.FAILED))
          + (" WHEN ended_at_ns IS NOT NULL OR " + SILENT)
          + (" THEN " + bit(SessionStatus.COMPLETED))
          + (" ELSE " + bit(SessionStatus.IN_PROGRESS) + " END");

  private SessionSelect() {}

  private static int bit(SessionStatus status) {
    return switch (status) {
      case IN_PROGRESS -> 1;
      case COMPLETED -> 2;
      case FAILED -> 4;
    };
  }

  /**
   * Returns the rows that a query asks for and one more, to see whether there is more. If it asks
   * for figures, in a transaction: there may be several reads.
   */
  static List<SessionRow> list(Database database, SessionQuery query, Instant now)
      throws SQLException {
    int most = query.limit() + 1;
    List<SessionRow> found = new ArrayList<>();
    SessionQuery rest = query;
    List<SessionRow> rows;
    do {
      rows = candidates(database, rest, now, most);
      for (SessionRow row : rows) {
        if (query.matches(row.figures().toMetadata(now))) {
          found.add(row);
        }
        rest = query.after(row.key().toCursor());
      }
    } while (rows.size() == most && found.size() < most);
    return List.copyOf(found.subList(0, Math.min(found.size(), most)));
  }

  private static List<SessionRow> candidates(
      Database database, SessionQuery query, Instant now, int most) throws SQLException {
    Conditions conditions = new Conditions();
    addPlace(conditions, query);
    addFigures(conditions, query, now);
    String direction = query.newestFirst() ? " DESC" : "";
    String order = " ORDER BY first_seen_ns" + direction + ", id" + direction + " LIMIT ?";
    return database.list(
        SessionRow.SELECT + conditions.where() + order,
        binder -> conditions.bind(binder, most),
        SessionRow::read);
  }

  private static void addPlace(Conditions conditions, SessionQuery query) {
    Instant from = query.from();
    if (from != null) {
      conditions.add("first_seen_ns >= ?", binder -> binder.number(Times.nearest(from)));
    }
    Instant before = query.before();
    if (before != null) {
      conditions.add("first_seen_ns < ?", binder -> binder.number(Times.nearest(before)));
    }
    SessionKey after = query.afterKey();
    if (after != null) {
      conditions.add(
          "(first_seen_ns, id)" + (query.newestFirst() ? " < " : " > ") + "(?, ?)",
          b -> b.number(Times.nearest(after.firstSeen())).text(after.sessionId()));
    }
  }

  private static void addFigures(Conditions conditions, SessionQuery query, Instant now) {
    String model = query.model();
    if (model != null) {
      conditions.add("instr(models, ?) > 0", binder -> binder.text(Json.ofString(model)));
    }
    String provider = query.provider();
    if (provider != null) {
      conditions.add("instr(providers, ?) > 0", binder -> binder.text(Json.ofString(provider)));
    }
    if (query.errorsOnly()) {
      conditions.add("errors > 0");
    }
    if (!query.statuses().isEmpty()) {
      long time = Times.nearest(now);
      int asked = query.statuses().stream().mapToInt(SessionSelect::bit).sum();
      conditions.add(
          STATUS + " & ? <> 0", // the same statement for all of them
          binder -> binder.number(time).number(time).number(time).number(asked));
    }
  }
}
