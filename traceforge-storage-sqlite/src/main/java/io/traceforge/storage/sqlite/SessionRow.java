package io.traceforge.storage.sqlite;

import io.traceforge.storage.SessionFigures;
import io.traceforge.storage.SessionKey;
import io.traceforge.storage.SessionStanding;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A session as a row.
 *
 * @param number what holds its parts, and never changes
 * @param key its place in a listing, which never changes
 * @param figures all else
 */
record SessionRow(long number, SessionKey key, SessionFigures figures) {
  private static final String KEY = "number, id, first_seen_ns";
  private static final String FIGURES =
      "steps, calls, traces, open_calls, errors, last_step, last_step_failure, "
          + "first_start_ns, last_start_ns, last_end_ns, models, providers, "
          + "input_tokens, output_tokens, total_tokens, "
          + "cached_input_tokens, cache_write_tokens, reasoning_tokens, last_call_number, "
          + "ended_at_ns, failure, timeout_ns, lost_traces, last_update_ns";
  static final String SELECT = "SELECT " + KEY + ", " + FIGURES + " FROM sessions";
  private static final String UPSERT = upsert(FIGURES.split(", "));

  private static String upsert(String[] names) {
    return "INSERT INTO sessions ("
        + (KEY + ", " + FIGURES + ") VALUES (?, ?, ?" + ", ?".repeat(names.length))
        + ") ON CONFLICT (id) DO UPDATE SET "
        + Arrays.stream(names)
            .map(name -> name + " = excluded." + name)
            .collect(Collectors.joining(", "));
  }

  /** Returns a session's row with its final state, or {@code null} if the session is not known. */
  static @Nullable SessionRow findWhole(Database database, String sessionId) throws SQLException {
    SessionRow row = find(database, sessionId);
    return row == null ? null : FinalStates.tellIn(row, database);
  }

  /**
   * Returns a session's row without its final state, or {@code null} if the session is not known.
   */
  static @Nullable SessionRow find(Database database, String sessionId) throws SQLException {
    return database.find(SELECT + " WHERE id = ?", b -> b.text(sessionId), SessionRow::read);
  }

  /**
   * Returns a session's whole row, or a new one, which has to be stored before there is another new
   * one.
   */
  static SessionRow findOrNew(Database database, String sessionId, Instant firstSeen)
      throws SQLException {
    SessionRow known = findWhole(database, sessionId);
    return known != null
        ? known
        : new SessionRow(
            lastNumber(database) + 1,
            new SessionKey(firstSeen, sessionId),
            SessionFigures.builder(sessionId).build());
  }

  /** Returns the highest number that a session has. */
  static long lastNumber(Database database) throws SQLException {
    return database.findNumber("SELECT coalesce(max(number), 0) FROM sessions");
  }

  /** Returns this row with other figures. */
  SessionRow with(SessionFigures changed) {
    return new SessionRow(number, key, changed);
  }

  /** Returns this row with another standing. */
  SessionRow with(SessionStanding changed) {
    return with(figures.toBuilder().standing(changed).build());
  }

  /** Stores the row but for the final state; the key only if it is new. */
  void store(Database database) throws SQLException {
    database.update(UPSERT, this::bind);
  }

  private void bind(Binder binder) throws SQLException {
    binder
        .number(number)
        .text(key.sessionId())
        .time(key.firstSeen())
        .number(figures.steps())
        .number(figures.calls())
        .number(figures.traces())
        .number(figures.openCalls())
        .number(figures.errors())
        .number(figures.lastStep())
        .text(figures.lastStepFailure())
        .time(figures.firstStart())
        .time(figures.lastStart())
        .time(figures.lastEnd())
        .text(Json.ofStrings(figures.models()))
        .text(Json.ofStrings(figures.providers()));
    Usages.bind(binder, figures.usage());
    binder.number(figures.lastCallNumber());
    bindStanding(binder, figures.standing());
  }

  private static void bindStanding(Binder binder, SessionStanding standing) throws SQLException {
    binder
        .time(standing.endedAt())
        .text(standing.failure())
        .number(Times.nearest(standing.timeout()))
        .number(standing.lostTraces())
        .time(standing.lastUpdate());
  }

  static SessionRow read(Row row) throws SQLException {
    long number = row.number();
    String id = row.string();
    SessionKey key = new SessionKey(Times.instantOf(row.number()), id);
    SessionFigures figures =
        SessionFigures.builder(id)
            .steps(row.integer())
            .calls(row.integer())
            .traces(row.integer())
            .openCalls(row.integer())
            .errors(row.integer())
            .lastStep(row.integer())
            .lastStepFailure(row.text())
            .firstStart(row.time())
            .lastStart(row.time())
            .lastEnd(row.time())
            .models(Json.toStrings(row.string()))
            .providers(Json.toStrings(row.string()))
            .usage(Usages.read(row))
            .lastCallNumber(row.integer())
            .standing(readStanding(row))
            .build();
    return new SessionRow(number, key, figures);
  }

  private static SessionStanding readStanding(Row row) throws SQLException {
    return SessionStanding.initial().toBuilder()
        .endedAt(row.time())
        .failure(row.text())
        .timeout(Objects.requireNonNull(row.duration()))
        .lostTraces(row.number())
        .lastUpdate(row.time())
        .build();
  }
}
