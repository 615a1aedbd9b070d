package io.traceforge.recording;

import io.traceforge.storage.SessionUpdate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Counts lost traces, in all and by session, until the storage backend has been told. */
final class LossLedger {
  /** A storage that stays away must not make this grow without bound. */
  private static final int MAX_SESSIONS = 10_000;

  private final AtomicLong total = new AtomicLong();
  private final AtomicLong updates = new AtomicLong();
  private final Map<String, Long> untold = new ConcurrentHashMap<>();

  /** Counts a call whose end is lost; a lost start alone loses nothing. */
  void add(QueuedCall call) {
    if (call.isEnd()) {
      add(call.sessionId());
    }
  }

  private void add(@Nullable String sessionId) {
    total.incrementAndGet();
    if (sessionId != null && (untold.size() < MAX_SESSIONS || untold.containsKey(sessionId))) {
      untold.merge(sessionId, 1L, Long::sum);
    }
  }

  /** Counts a fact about a session that is lost. */
  long addUpdate() {
    return updates.incrementAndGet();
  }

  long lostUpdates() {
    return updates.get();
  }

  long total() {
    return total.get();
  }

  boolean hasUntold() {
    return !untold.isEmpty();
  }

  /** Returns what a session is still to be told, or null if that is nothing. */
  @Nullable SessionUpdate untold(String sessionId) {
    Long count = untold.get(sessionId);
    return count == null ? null : SessionUpdate.lost(sessionId, Instant.now(), count);
  }

  /** Returns what is still to be told. */
  List<SessionUpdate> untold() {
    Instant now = Instant.now();
    return untold.entrySet().stream()
        .map(entry -> SessionUpdate.lost(entry.getKey(), now, entry.getValue()))
        .toList();
  }

  /** Takes note that an update of {@link #untold()} was stored. */
  void told(SessionUpdate update) {
    untold.computeIfPresent(
        update.sessionId(),
        (id, count) -> count == update.lostTraces() ? null : count - update.lostTraces());
  }
}
