package io.traceforge.storage;

import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps traces in memory until the process ends: for tests and for looking around. It does not
 * forget by itself, so it is not meant for programs that run long without a {@link Retention}.
 *
 * <p>What {@link RetentionPolicy#maxBytes()} bounds here are the bytes that bodies keep, and the
 * lengths of URLs and states.
 */
public final class InMemoryStorageBackend implements StorageBackend {
  private final Clock clock;
  private final Map<String, Trace> traces = new HashMap<>();
  private final Map<String, Session> sessions = new HashMap<>();
  private long bytes;
  private boolean closed;

  /** Creates an empty backend. */
  public InMemoryStorageBackend() {
    this(Clock.systemUTC());
  }

  /** Creates an empty backend that tells sessions' status by the given clock. */
  public InMemoryStorageBackend(Clock clock) {
    this.clock = clock;
  }

  @Override
  public synchronized void saveTraces(List<Trace> batch) {
    requireOpen();
    for (Trace trace : List.copyOf(batch)) {
      Trace stored = traces.get(trace.id());
      if (stored == null || trace.status().isFinal() || !stored.status().isFinal()) {
        traces.put(trace.id(), trace);
        bytes +=
            InMemoryRetention.sizeOf(trace)
                - (stored == null ? 0 : InMemoryRetention.sizeOf(stored));
        if (stored != null && stored.sessionId() != null) {
          session(stored.sessionId(), stored.startTime()).traces.remove(trace.id());
        }
        if (trace.sessionId() != null) {
          session(trace.sessionId(), trace.startTime()).traces.put(trace.id(), trace);
        }
      }
    }
  }

  @Override
  public synchronized void updateSession(SessionUpdate update) {
    requireOpen();
    Session session = session(update.sessionId(), update.time());
    bytes -= InMemoryRetention.sizeOf(session.standing.finalState());
    session.standing = session.standing.apply(update);
    bytes += InMemoryRetention.sizeOf(session.standing.finalState());
  }

  @Override
  public synchronized Optional<Trace> getTrace(String traceId) {
    requireOpen();
    return Optional.ofNullable(traces.get(traceId));
  }

  @Override
  public synchronized Page<Trace> listTraces(TraceQuery query) {
    requireOpen();
    return query.select(candidates(query.sessionId()));
  }

  @Override
  public synchronized Optional<SessionMetadata> getSessionMetadata(String sessionId) {
    requireOpen();
    return Optional.ofNullable(sessions.get(sessionId)).map(this::metadata);
  }

  @Override
  public synchronized Page<SessionMetadata> listSessions(SessionQuery query) {
    requireOpen();
    Instant now = clock.instant();
    return query.select(
        sessionKeys(),
        key -> figures(Objects.requireNonNull(sessions.get(key.sessionId()))).toMetadata(now));
  }

  @Override
  public synchronized boolean deleteSession(String sessionId) {
    requireOpen();
    Session deleted = sessions.remove(sessionId);
    if (deleted == null) {
      return false;
    }
    bytes -= InMemoryRetention.sizeOf(deleted.standing.finalState());
    deleted.traces.values().forEach(this::remove);
    return true;
  }

  @Override
  public Optional<Retention> retention() {
    return Optional.of(new InMemoryRetention(this, clock));
  }

  @Override
  public synchronized void close() {
    closed = true;
    traces.clear();
    sessions.clear();
  }

  /** Returns how much is kept, as {@link RetentionPolicy#maxBytes()} counts it. */
  synchronized long bytes() {
    return bytes;
  }

  /** Returns the keys of all sessions, in no order. */
  synchronized List<SessionKey> sessionKeys() {
    requireOpen();
    return sessions.values().stream().map(session -> session.key).toList();
  }

  /** Returns the figures of a session, or {@code null} if it is not there, or not the same one. */
  synchronized @Nullable SessionFigures figures(SessionKey key) {
    Session session = sessions.get(key.sessionId());
    return session == null || !session.key.equals(key) ? null : figures(session);
  }

  /** Returns the traces that belong to no session, in no order. */
  synchronized List<Trace> tracesOfNoSession() {
    return traces.values().stream().filter(trace -> trace.sessionId() == null).toList();
  }

  /** Deletes a trace, unless it is gone or has come to belong to a session. */
  synchronized boolean deleteTraceOfNoSession(String traceId) {
    Trace trace = traces.get(traceId);
    if (trace == null || trace.sessionId() != null) {
      return false;
    }
    remove(trace);
    return true;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the storage backend is closed");
    }
  }

  private void remove(Trace trace) {
    traces.remove(trace.id());
    bytes -= InMemoryRetention.sizeOf(trace);
  }

  private Session session(String id, Instant firstSeen) {
    return sessions.computeIfAbsent(id, unknown -> new Session(new SessionKey(firstSeen, id)));
  }

  private Collection<Trace> candidates(@Nullable String sessionId) {
    if (sessionId == null) {
      return traces.values();
    }
    Session session = sessions.get(sessionId);
    return session == null ? List.of() : session.traces.values();
  }

  private SessionMetadata metadata(Session session) {
    return figures(session).toMetadata(clock.instant());
  }

  private static SessionFigures figures(Session session) {
    return SessionFigures.of(session.key.sessionId(), session.traces.values(), session.standing);
  }

  private static final class Session {
    final SessionKey key;
    final Map<String, Trace> traces = new HashMap<>();
    SessionStanding standing = SessionStanding.initial();

    Session(SessionKey key) {
      this.key = key;
    }
  }
}
