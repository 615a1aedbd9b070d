package io.traceforge.storage.tck;

import io.traceforge.storage.PruneResult;
import io.traceforge.storage.SessionFigures;
import io.traceforge.storage.SessionStanding;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Notes what a backend was told, and adds everything up anew whenever it is asked. */
final class Bookkeeper {
  private final Map<String, Trace> traces = new HashMap<>();
  private final Map<String, SessionStanding> standings = new HashMap<>();

  void save(List<Trace> batch) {
    for (Trace trace : batch) {
      Trace before = traces.get(trace.id());
      if (before == null || trace.status().isFinal() || !before.status().isFinal()) {
        traces.put(trace.id(), trace);
        if (trace.sessionId() != null) {
          standings.putIfAbsent(trace.sessionId(), SessionStanding.initial());
        }
      }
    }
  }

  void update(SessionUpdate update) {
    String session = update.sessionId();
    standings.put(
        session, standings.getOrDefault(session, SessionStanding.initial()).apply(update));
  }

  boolean delete(String session) {
    traces.values().removeIf(trace -> session.equals(trace.sessionId()));
    return standings.remove(session) != null;
  }

  /**
   * Forgets what a backend says it no longer has.
   *
   * @return what it must say that it deleted
   */
  PruneResult keepOnly(Set<String> sessions, Set<String> traceIds) {
    int tracesBefore = traces.size();
    Set<String> gone = new HashSet<>(standings.keySet());
    gone.removeAll(sessions);
    gone.forEach(this::delete);
    traces.values().removeIf(t -> t.sessionId() == null && !traceIds.contains(t.id()));
    return PruneResult.of(gone.size(), tracesBefore - traces.size());
  }

  Optional<SessionMetadata> metadata(String session, Instant now) {
    return Optional.ofNullable(standings.get(session))
        .map(standing -> SessionFigures.of(session, tracesOf(session), standing).toMetadata(now));
  }

  List<SessionMetadata> sessions(Instant now) {
    return standings.keySet().stream().map(id -> metadata(id, now).orElseThrow()).toList();
  }

  Collection<Trace> traces() {
    return traces.values();
  }

  private List<Trace> tracesOf(String session) {
    return traces.values().stream().filter(t -> session.equals(t.sessionId())).toList();
  }
}
