package io.traceforge.storage.sqlite;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.Trace;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a backend writes. Each method runs inside a transaction of its own. */
final class WriteOperations {
  private final Database database;
  private final Map<String, SessionChanges> sessions = new LinkedHashMap<>();

  private WriteOperations(Database database) {
    this.database = database;
  }

  /** Stores traces and brings the figures of their sessions up to date. */
  static void saveTraces(Database database, List<Trace> traces) throws SQLException {
    WriteOperations batch = new WriteOperations(database);
    for (Trace trace : traces) {
      batch.save(trace);
    }
    for (SessionChanges changes : batch.sessions.values()) {
      changes.store();
    }
  }

  private void save(Trace trace) throws SQLException {
    TraceFacts facts = TraceFacts.of(trace);
    TraceFacts stored = findFacts(trace.id());
    if (stored != null && stored.outranks(facts)) {
      return;
    }
    note(stored, facts);
    database.update(
        TraceRow.UPSERT, binder -> TraceRow.bind(binder, trace, facts.attempt().fingerprint()));
  }

  private @Nullable TraceFacts findFacts(String traceId) throws SQLException {
    return database.find(
        "SELECT " + TraceFacts.COLUMNS + " FROM traces WHERE id = ?",
        binder -> binder.text(traceId),
        TraceFacts::read);
  }

  private void note(@Nullable TraceFacts stored, TraceFacts facts) throws SQLException {
    if (facts.equals(stored)) {
      return;
    }
    String from = stored == null ? null : stored.sessionId();
    String to = facts.sessionId();
    if (stored != null && from != null && from.equals(to)) {
      changesOf(from, facts).replace(stored, facts);
      return;
    }
    if (stored != null && from != null) {
      changesOf(from, stored).remove(stored);
    }
    if (to != null) {
      changesOf(to, facts).add(facts);
    }
  }

  private SessionChanges changesOf(String sessionId, TraceFacts trace) throws SQLException {
    SessionChanges known = sessions.get(sessionId);
    if (known == null) {
      Instant firstSeen = trace.attempt().startTime();
      known = new SessionChanges(database, sessionId, firstSeen);
      sessions.put(sessionId, known);
    }
    return known;
  }

  /** Stores a fact about a session. */
  static void updateSession(Database database, SessionUpdate update) throws SQLException {
    SessionRow row = SessionRow.findOrNew(database, update.sessionId(), update.time());
    var standing = row.figures().standing().apply(update);
    row.with(row.figures().toBuilder().standing(standing).build()).store(database);
  }

  /** Deletes a session with all that belongs to it. Returns whether it was known. */
  static boolean deleteSession(Database database, String sessionId) throws SQLException {
    for (String table : List.of("traces", "steps", "failed_calls")) {
      database.update(
          "DELETE FROM " + table + " WHERE session_id = ?", binder -> binder.text(sessionId));
    }
    return database.update("DELETE FROM sessions WHERE id = ?", b -> b.text(sessionId)) > 0;
  }
}
