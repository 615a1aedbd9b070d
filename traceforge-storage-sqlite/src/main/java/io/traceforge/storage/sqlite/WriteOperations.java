package io.traceforge.storage.sqlite;

import io.traceforge.storage.SessionKey;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.Trace;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a backend writes. Each method runs inside a transaction of its own. */
final class WriteOperations {
  private final WriteAccess access;
  private final Database database;
  private final Map<String, SessionChanges> sessions = new LinkedHashMap<>();
  private final RecentWrites recent;
  private long lastNumber = -1;
  private long lastSessionNumber = -1;

  private WriteOperations(WriteAccess access) {
    this.access = access;
    this.database = access.database();
    this.recent = access.recent();
  }

  /** Stores traces and brings the figures of their sessions up to date. */
  static void saveTraces(WriteAccess access, List<Trace> traces) throws SQLException {
    WriteOperations batch = new WriteOperations(access);
    for (Trace trace : traces) {
      batch.save(trace);
    }
    for (var session : batch.sessions.entrySet()) {
      session.getValue().store();
      batch.recent.stored(session.getKey(), session.getValue());
    }
  }

  private void save(Trace trace) throws SQLException {
    StoredTrace known = recent.underWay(trace.id());
    StoredTrace stored = known != null ? known : StoredTrace.find(database, trace.id());
    if (stored != null && stored.isFinal() && !trace.status().isFinal()) {
      return;
    }
    long number = stored == null ? nextNumber() : stored.number();
    EncodedTrace encoded = access.encoder().encode(trace, holderOf(trace, number));
    TraceFacts facts = TraceFacts.of(trace, encoded.request().fingerprint());
    note(stored == null ? null : stored.facts(), facts);
    SqlFunction.Action<Binder> row = binder -> TraceRow.bind(binder, trace, encoded, number);
    if (stored == null) {
      database.update(TraceRow.INSERT, row);
    } else if (mayLoseTexts(stored, facts)) {
      replace(stored, facts, row);
    } else {
      database.update(TraceRow.UPDATE_IN_PLACE, row);
    }
    recent.stored(trace.id(), new StoredTrace(number, trace.response() != null, facts));
  }

  /** An end keeps what its start brought, unless that was answered or another request. */
  private static boolean mayLoseTexts(StoredTrace stored, TraceFacts facts) {
    return stored.isFinal() || stored.answered() || !facts.hasPlaceOf(stored.facts());
  }

  private void replace(StoredTrace stored, TraceFacts facts, SqlFunction.Action<Binder> row)
      throws SQLException {
    String session = stored.facts().sessionId();
    long holder =
        session == null
            ? -stored.number()
            : changesOf(session, stored.facts().attempt().startTime()).number();
    Replacement replacement = Replacement.of(access, stored.number());
    database.update(
        facts.hasPlaceOf(stored.facts()) ? TraceRow.UPDATE_IN_PLACE : TraceRow.UPDATE, row);
    replacement.letGo(holder, session, Objects.equals(session, facts.sessionId()));
  }

  private long nextNumber() throws SQLException {
    if (lastNumber < 0) {
      lastNumber = database.findNumber("SELECT coalesce(max(number), 0) FROM traces");
    }
    return ++lastNumber;
  }

  private Holder holderOf(Trace trace, long number) throws SQLException {
    String session = trace.sessionId();
    return new Holder(
        session == null ? -number : changesOf(session, trace.startTime()).number(), number);
  }

  private void note(@Nullable TraceFacts stored, TraceFacts facts) throws SQLException {
    if (facts.equals(stored)) {
      return;
    }
    String from = stored == null ? null : stored.sessionId();
    String to = facts.sessionId();
    if (stored != null && from != null && from.equals(to)) {
      changesOf(from, stored.attempt().startTime()).replace(stored, facts);
      return;
    }
    if (stored != null && from != null) {
      changesOf(from, stored.attempt().startTime()).remove(stored);
    }
    if (to != null) {
      changesOf(to, facts.attempt().startTime()).add(facts);
    }
  }

  private SessionChanges changesOf(String sessionId, Instant firstSeen) throws SQLException {
    SessionChanges known = sessions.get(sessionId);
    if (known == null) {
      SessionChanges before = recent.session(sessionId);
      known = before != null ? before : load(new SessionKey(firstSeen, sessionId));
      sessions.put(sessionId, known);
    }
    return known;
  }

  private SessionChanges load(SessionKey key) throws SQLException {
    SessionRow stored = SessionRow.find(database, key.sessionId());
    return stored != null
        ? SessionChanges.to(database, stored)
        : SessionChanges.toNew(database, key, nextSessionNumber());
  }

  private long nextSessionNumber() throws SQLException {
    if (lastSessionNumber < 0) {
      lastSessionNumber = SessionRow.lastNumber(database);
    }
    return ++lastSessionNumber;
  }

  /** Stores a fact about a session. */
  static void updateSession(WriteAccess access, SessionUpdate update) throws SQLException {
    Database database = access.database();
    access.recent().forgetSession(update.sessionId());
    SessionRow row = SessionRow.findOrNew(database, update.sessionId(), update.time());
    var standing = row.figures().standing().apply(update);
    row.with(standing).store(database);
    FinalStates.store(database, row, standing);
  }

  /** Deletes a session with all that belongs to it. Returns whether it was known. */
  static boolean deleteSession(WriteAccess access, String sessionId) throws SQLException {
    SessionRow row = SessionRow.find(access.database(), sessionId);
    if (row != null) {
      new Deletion(access).deleteSession(row);
    }
    return row != null;
  }
}
