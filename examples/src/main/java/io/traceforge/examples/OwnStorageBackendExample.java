package io.traceforge.examples;

import io.traceforge.TraceForge;
import io.traceforge.storage.Page;
import io.traceforge.storage.SessionFigures;
import io.traceforge.storage.SessionKey;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.SessionStanding;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A storage backend of one's own, which prints each trace when it ends. */
public final class OwnStorageBackendExample {
  private OwnStorageBackendExample() {}

  /** Books a flight and prints what was recorded. */
  public static void main(String[] args) throws IOException {
    try (Provider provider = Provider.fromEnvironment();
        TraceForge traceForge =
            TraceForge.builder()
                .storage(new PrintingBackend(System.out, Clock.systemUTC()))
                .build()) {
      System.out.println("Provider: " + provider);
      String sessionId = FlightBookingExample.run(provider, traceForge, System.out);
      System.out.print(Timelines.draw(traceForge.storage().getTimeline(sessionId).orElseThrow()));
    }
  }

  /**
   * Eight methods make a backend. One lock keeps a batch whole: nothing in {@link #saveTraces} can
   * fail half-way, and no reader sees half of it.
   */
  static final class PrintingBackend implements StorageBackend {
    private final PrintStream out;
    private final Clock clock;
    private final Map<String, Trace> traces = new HashMap<>();
    private final Map<String, SessionKey> sessions = new HashMap<>();
    private final Map<String, SessionStanding> standings = new HashMap<>();
    private boolean closed;

    /**
     * Creates an empty backend.
     *
     * @param clock the time by which a session's silence is told
     */
    PrintingBackend(PrintStream out, Clock clock) {
      this.out = out;
      this.clock = clock;
    }

    @Override
    public synchronized void saveTraces(List<Trace> batch) {
      requireOpen();
      for (Trace trace : List.copyOf(batch)) {
        Trace stored = traces.get(trace.id());
        if (stored != null && stored.status().isFinal() && !trace.status().isFinal()) {
          continue; // An end is never taken back.
        }
        traces.put(trace.id(), trace);
        if (trace.sessionId() != null) {
          meet(trace.sessionId(), trace.startTime());
        }
        if (trace.status().isFinal() && (stored == null || !stored.status().isFinal())) {
          out.println("[stored] " + trace.id() + " " + trace.status());
        }
      }
    }

    @Override
    public synchronized void updateSession(SessionUpdate update) {
      requireOpen();
      meet(update.sessionId(), update.time());
      standings.put(update.sessionId(), standing(update.sessionId()).apply(update));
    }

    @Override
    public synchronized Optional<Trace> getTrace(String traceId) {
      requireOpen();
      return Optional.ofNullable(traces.get(traceId));
    }

    @Override
    public synchronized Page<Trace> listTraces(TraceQuery query) {
      requireOpen();
      return query.select(traces.values());
    }

    @Override
    public synchronized Optional<SessionMetadata> getSessionMetadata(String sessionId) {
      requireOpen();
      return Optional.ofNullable(sessions.get(sessionId)).map(this::metadata);
    }

    @Override
    public synchronized Page<SessionMetadata> listSessions(SessionQuery query) {
      requireOpen();
      return query.select(sessions.values(), this::metadata);
    }

    @Override
    public synchronized boolean deleteSession(String sessionId) {
      requireOpen();
      traces.values().removeAll(tracesOf(sessionId));
      standings.remove(sessionId);
      return sessions.remove(sessionId) != null;
    }

    @Override
    public synchronized void close() {
      closed = true;
    }

    /** A session's place in a listing is set once, when the session is first heard of. */
    private void meet(String sessionId, Instant time) {
      sessions.putIfAbsent(sessionId, new SessionKey(time, sessionId));
    }

    private SessionStanding standing(String sessionId) {
      return standings.getOrDefault(sessionId, SessionStanding.initial());
    }

    private Collection<Trace> tracesOf(String sessionId) {
      return traces.values().stream().filter(t -> sessionId.equals(t.sessionId())).toList();
    }

    private SessionMetadata metadata(SessionKey key) {
      String id = key.sessionId();
      return SessionFigures.of(id, tracesOf(id), standing(id)).toMetadata(clock.instant());
    }

    private void requireOpen() {
      if (closed) {
        throw new IllegalStateException("the storage backend is closed");
      }
    }
  }
}
