package io.traceforge.storage.sqlite;

import io.traceforge.storage.PruneResult;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SessionFigures;
import io.traceforge.storage.SessionKey;
import io.traceforge.storage.SessionQuery;
import io.traceforge.trace.SessionStatus;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Goes over the sessions, oldest first, together with the traces of no session.
 *
 * <p>What the search index has of a deleted text takes room until the index is cleared; so room is
 * made in rounds, with the index cleared after each. As long as much is too much, a round deletes
 * about half of it: how much the index will give back is not known before.
 */
final class Pruning {
  /** What is too much by less than this part of what may stay is deleted in one round. */
  private static final int SMALL_SHARE = 64;

  /** How long the connection that writes is taken at most, without the commit. */
  private static final long SLICE_NANOS = 25_000_000;

  private final RetentionPolicy policy;
  private final Instant now;
  private final long cutoff;
  private @Nullable String lastSession;
  private long lastTraceStart = Long.MIN_VALUE;
  private long lastTrace;
  private long sessionCount;
  private long mostBytes = Long.MAX_VALUE;
  private PruneResult result = PruneResult.of(0, 0);

  Pruning(RetentionPolicy policy, Instant now) {
    this.policy = policy;
    this.now = now;
    cutoff = cutoff(policy.maxAge(), now);
  }

  private static long cutoff(@Nullable Duration maxAge, Instant now) {
    boolean forEver = maxAge == null || maxAge.compareTo(Duration.between(Instant.MIN, now)) > 0;
    return forEver ? Long.MIN_VALUE : Times.nearest(now.minus(maxAge));
  }

  PruneResult result() {
    return result;
  }

  /** Begins a round, with the oldest. */
  boolean begin(WriteAccess access) throws SQLException {
    lastSession = null;
    lastTraceStart = Long.MIN_VALUE;
    lastTrace = 0;
    Long most = policy.maxBytes();
    if (most != null) {
      long tooMuch = Math.max(0, usedBytes(access.database()) - most);
      mostBytes = tooMuch <= most / SMALL_SHARE ? most : most + tooMuch / 2;
    }
    return true;
  }

  private record LoneTrace(long start, long number) {}

  /** Deletes some of what is too much. Returns whether to go on. */
  boolean goOn(WriteAccess access) throws SQLException {
    Deletion deletion = new Deletion(access);
    sessionCount = access.database().findNumber("SELECT count(*) FROM sessions");
    long begun = System.nanoTime();
    do {
      List<SessionRow> sessions = nextSessions(access.database());
      List<LoneTrace> traces = nextTraces(access.database());
      if (sessions.isEmpty() && traces.isEmpty()) {
        return false;
      }
      if (!passOver(deletion, access.database(), sessions, traces)) {
        return false;
      }
    } while (System.nanoTime() - begun < SLICE_NANOS);
    return true;
  }

  /** Returns whether there may be more to delete. */
  private boolean passOver(
      Deletion deletion, Database database, List<SessionRow> sessions, List<LoneTrace> traces)
      throws SQLException {
    SessionRow session = sessions.isEmpty() ? null : sessions.get(0);
    LoneTrace trace = traces.isEmpty() ? null : traces.get(0);
    if (session == null || (trace != null && trace.start() < firstSeen(session))) {
      return trace != null && passOver(deletion, database, trace);
    }
    return passOver(deletion, database, session);
  }

  private boolean passOver(Deletion deletion, Database database, LoneTrace trace)
      throws SQLException {
    lastTraceStart = trace.start();
    lastTrace = trace.number();
    boolean tooMuch = isTooLarge(database);
    if (trace.start() < cutoff || tooMuch) {
      deletion.deleteTrace(trace.number());
      result = result.plus(PruneResult.of(0, 1));
    }
    return trace.start() < cutoff || tooMuch || isTooMany();
  }

  private boolean passOver(Deletion deletion, Database database, SessionRow session)
      throws SQLException {
    lastSession = session.key().toString();
    boolean tooMuch = isTooMany() || isTooLarge(database);
    boolean over = session.figures().toMetadata(now).status() != SessionStatus.IN_PROGRESS;
    if (over && (tooMuch || lastHeardOf(session) < cutoff)) {
      int traces = deletion.deleteSession(session);
      result = result.plus(PruneResult.of(1, traces));
      sessionCount--;
    }
    return tooMuch || firstSeen(session) < cutoff;
  }

  private boolean isTooMany() {
    Long most = policy.maxSessions();
    return most != null && sessionCount > most;
  }

  private boolean isTooLarge(Database database) throws SQLException {
    return policy.maxBytes() != null && usedBytes(database) > mostBytes;
  }

  /** Returns what the content takes, be it in the file already or still in the WAL. */
  static long usedBytes(Database database) throws SQLException {
    long pages =
        database.findNumber("PRAGMA page_count") - database.findNumber("PRAGMA freelist_count");
    return pages * database.findNumber("PRAGMA page_size");
  }

  private List<SessionRow> nextSessions(Database database) throws SQLException {
    SessionQuery next = SessionQuery.all().reversed().withLimit(1).after(lastSession);
    return SessionSelect.list(database, next, now);
  }

  private List<LoneTrace> nextTraces(Database database) throws SQLException {
    return database.list(
        "SELECT start_ns, number FROM traces WHERE session_id IS NULL"
            + " AND (start_ns, number) > (?, ?) ORDER BY start_ns, number LIMIT 1",
        binder -> binder.number(lastTraceStart).number(lastTrace),
        row -> new LoneTrace(row.number(), row.number()));
  }

  private static long firstSeen(SessionRow session) {
    SessionKey key = session.key();
    return Times.nearest(key.firstSeen());
  }

  private static long lastHeardOf(SessionRow session) {
    SessionFigures figures = session.figures();
    return Stream.of(
            figures.lastStart(),
            figures.lastEnd(),
            figures.standing().lastUpdate(),
            session.key().firstSeen())
        .filter(time -> time != null)
        .mapToLong(Times::nearest)
        .max()
        .orElse(Long.MAX_VALUE);
  }
}
