package io.traceforge.storage.sqlite;

import io.traceforge.storage.SearchQuery;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One search, on a connection that reads. Texts come from the index, newest first; each is then
 * looked for in the calls that brought it.
 */
final class SearchRun {
  /** So many of the newest texts are ranked. */
  private static final int MOST_RANKED = 10_000;

  private static final int TEXTS_AT_ONCE = 200;
  private static final String CALLS =
      " FROM (SELECT id AS part, holder, trace FROM part_origins WHERE id = ?"
          + " UNION ALL SELECT part, holder, trace FROM part_uses WHERE part = ?) AS bringing"
          + " JOIN traces ON traces.number = bringing.trace WHERE "
          + SearchRepeats.isNone("bringing.part", "bringing.holder");
  private static final String SESSION_PARTS =
      "(SELECT id FROM part_origins WHERE holder = (SELECT number FROM sessions WHERE id = ?)"
          + " UNION ALL"
          + " SELECT part FROM part_uses WHERE holder = (SELECT number FROM sessions WHERE id = ?))";

  private final Database database;
  private final SearchQuery query;
  private final String words;
  private final Conditions filter;

  SearchRun(Database database, SearchQuery query, String words) {
    this.database = database;
    this.query = query;
    this.words = words;
    this.filter = SearchFilter.of(query);
  }

  /** A text, and a call that brought it. */
  record Hit(
      Place place, String traceId, @Nullable String sessionId, int stepIndex, Instant startTime) {}

  /**
   * Where a hit stands among others.
   *
   * @param part the number of the text
   * @param trace the number of the call
   */
  record Place(long part, long trace) {
    private static final Place FIRST = new Place(Long.MAX_VALUE, Long.MAX_VALUE);

    static Place after(@Nullable String cursor) {
      if (cursor == null) {
        return FIRST;
      }
      String[] parts = cursor.split("~", 2);
      try {
        return new Place(Long.parseLong(parts[0]), Long.parseLong(parts[1]));
      } catch (RuntimeException malformed) {
        throw new IllegalArgumentException("cursor: not one of a page's: " + cursor, malformed);
      }
    }

    @Override
    public String toString() {
      return part + "~" + trace;
    }
  }

  /** Returns how many hits {@link #hits} returns at most. */
  int most() {
    return query.ranked() ? query.limit() : query.limit() + 1;
  }

  /** Returns the hits that the query asks for, and one more if there are more. */
  List<Hit> hits() throws SQLException {
    return query.ranked() ? ranked() : newest();
  }

  private List<Hit> newest() throws SQLException {
    List<Hit> hits = new ArrayList<>();
    Place after = Place.after(query.cursor());
    long bound = after.part();
    // Without a filter, each text is a hit at least.
    int atOnce = filter.and().isEmpty() ? query.limit() + 2 : TEXTS_AT_ONCE;
    List<Text> texts;
    do {
      texts = texts(bound, atOnce);
      for (int i = 0; i < texts.size() && hits.size() <= query.limit(); i++) {
        Text text = texts.get(i);
        if (text.shared() || text.part() == after.part()) {
          boolean begun = text.part() == after.part();
          hits.addAll(calls(text.part(), begun ? after.trace() : Long.MAX_VALUE));
        } else if (text.hit() != null) {
          hits.add(text.hit());
        }
        bound = text.part() - 1;
      }
    } while (texts.size() == atOnce && hits.size() <= query.limit());
    return hits.subList(0, Math.min(hits.size(), query.limit() + 1));
  }

  /**
   * A text that matches.
   *
   * @param shared whether more calls brought it than the first one
   * @param hit the first call, if it is one that is asked for
   */
  private record Text(long part, boolean shared, @Nullable Hit hit) {}

  /** Returns some texts that match, the newest first. */
  private List<Text> texts(long bound, int atOnce) throws SQLException {
    String session = query.sessionId();
    return database.list(
        "SELECT search.rowid,"
            + " EXISTS (SELECT 1 FROM part_uses WHERE part = search.rowid),"
            + " coalesce(traces.number > 0 AND "
            + SearchRepeats.isNone("search.rowid", "part_origins.holder")
            + filter.and()
            + ", 0)"
            + ", traces.number, traces.id, session_id, step_index, start_ns"
            + " FROM search LEFT JOIN part_origins ON part_origins.id = search.rowid"
            + " LEFT JOIN traces ON traces.number = part_origins.trace"
            + " WHERE search MATCH ? AND search.rowid <= ?"
            + (session == null ? "" : " AND search.rowid IN " + SESSION_PARTS)
            + " ORDER BY search.rowid DESC LIMIT ?",
        binder -> {
          filter.bind(binder);
          binder.text(words).number(bound);
          if (session != null) {
            binder.text(session).text(session);
          }
          binder.number(atOnce);
        },
        row -> {
          long part = row.number();
          boolean shared = row.integer() != 0;
          boolean fits = row.integer() != 0;
          return new Text(part, shared, fits ? hit(part, row) : null);
        });
  }

  private static Hit hit(long part, Row row) throws SQLException {
    return new Hit(
        new Place(part, row.number()),
        row.string(),
        row.text(),
        row.integer(),
        Times.instantOf(row.number()));
  }

  private List<Hit> ranked() throws SQLException {
    List<Hit> hits = new ArrayList<>();
    String session = query.sessionId();
    List<Long> best =
        database.list(
            "SELECT part FROM (SELECT rowid AS part, bm25(search) AS score FROM search"
                + " WHERE search MATCH ?"
                + (session == null ? "" : " AND rowid IN " + SESSION_PARTS)
                + " ORDER BY rowid DESC LIMIT "
                + MOST_RANKED
                + ") ORDER BY score, part DESC",
            binder -> {
              binder.text(words);
              if (session != null) {
                binder.text(session).text(session);
              }
            },
            Row::number);
    for (int i = 0; i < best.size() && hits.size() < query.limit(); i++) {
      hits.addAll(calls(best.get(i), Long.MAX_VALUE));
    }
    return hits.subList(0, Math.min(hits.size(), query.limit()));
  }

  private List<Hit> calls(long part, long before) throws SQLException {
    return database.list(
        "SELECT traces.number, traces.id, session_id, step_index, start_ns"
            + CALLS
            + " AND traces.number < ?"
            + filter.and()
            + " ORDER BY traces.number DESC LIMIT ?",
        binder -> {
          binder.number(part).number(part).number(before);
          filter.bind(binder, query.limit() + 1);
        },
        row -> hit(part, row));
  }

  /** Returns how many hits there are on all pages. */
  long count() throws SQLException {
    return count("part_origins", "id") + count("part_uses", "part");
  }

  private long count(String table, String part) throws SQLException {
    return database
        .list(
            "SELECT count(*) FROM search CROSS JOIN "
                + table
                + " ON "
                + table
                + "."
                + part
                + " = search.rowid CROSS JOIN traces ON traces.number = "
                + table
                + ".trace WHERE search MATCH ? AND "
                + SearchRepeats.isNone("search.rowid", table + ".holder")
                + filter.and(),
            binder -> {
              binder.text(words);
              filter.bind(binder);
            },
            Row::number)
        .get(0);
  }
}
