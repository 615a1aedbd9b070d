package io.traceforge.recording;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Numbers the calls of each session. A session that is silent past the timeout is forgotten, as
 * nobody may ever end it.
 */
final class LiveSessions {
  private static final int SWEEP_AT_LEAST = 100;

  private final Map<String, Live> sessions = new ConcurrentHashMap<>();
  private final long timeoutNanos;
  private volatile int sweepAt = SWEEP_AT_LEAST;

  LiveSessions(Duration timeout) {
    this.timeoutNanos = TimeUnit.NANOSECONDS.convert(timeout);
  }

  /**
   * Returns the number of a session's next call, from 1.
   *
   * @param now about now, by {@link System#nanoTime}
   */
  int nextCallNumber(String sessionId, long now) {
    return live(sessionId, now).lastCall.incrementAndGet();
  }

  /** Goes on counting after the given number. */
  void resume(String sessionId, int lastCallNumber) {
    live(sessionId, System.nanoTime()).lastCall.accumulateAndGet(lastCallNumber, Math::max);
  }

  private Live live(String sessionId, long now) {
    Live live = sessions.get(sessionId);
    if (live == null) {
      if (sessions.size() >= sweepAt) {
        sessions.values().removeIf(other -> now - other.lastUsed > timeoutNanos);
        sweepAt = Math.max(SWEEP_AT_LEAST, 2 * sessions.size());
      }
      live = sessions.computeIfAbsent(sessionId, id -> new Live(now));
    }
    live.lastUsed = now;
    return live;
  }

  private static final class Live {
    final AtomicInteger lastCall = new AtomicInteger();
    volatile long lastUsed;

    Live(long now) {
      lastUsed = now;
    }
  }
}
