package io.traceforge.recording;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the calls of each session and keeps their times in order. A session that is silent past
 * the timeout is forgotten, as nobody may ever end it.
 */
final class LiveSessions {
  private static final int SWEEP_AT_LEAST = 100;

  /** Two clocks that are not read at the same moment differ by as much without being set. */
  private static final long JITTER_NANOS = 100_000_000;

  private final Map<String, Session> sessions = new ConcurrentHashMap<>();
  private final long timeoutNanos;
  private volatile int sweepAt = SWEEP_AT_LEAST;

  LiveSessions(Duration timeout) {
    this.timeoutNanos = TimeUnit.NANOSECONDS.convert(timeout);
  }

  /**
   * A call's place in its session.
   *
   * @param callNumber from 1; 0 if it belongs to none
   * @param startTime when it began: later than calls that began before it
   */
  record Place(int callNumber, Instant startTime) {}

  /** Returns the place of a session's next call (see {@link Recorder#place}). */
  Place place(String sessionId, String traceId, Instant time, long nanos) {
    Session session = session(sessionId, nanos);
    session.lastTraceId = traceId;
    return session.next(time, nanos);
  }

  /** Returns the trace of a session's last call, or null if there is none. */
  @Nullable String lastTraceId(String sessionId) {
    Session session = sessions.get(sessionId);
    return session == null ? null : session.lastTraceId;
  }

  /** Goes on counting after the given number, and with the given trace as the last one. */
  void resume(String sessionId, int lastCallNumber, @Nullable String lastTraceId) {
    Session session = session(sessionId, System.nanoTime());
    session.resume(lastCallNumber);
    if (lastTraceId != null) {
      session.lastTraceId = lastTraceId;
    }
  }

  private Session session(String sessionId, long now) {
    Session session = sessions.get(sessionId);
    if (session == null) {
      if (sessions.size() >= sweepAt) {
        sessions.values().removeIf(other -> now - other.lastUsed > timeoutNanos);
        sweepAt = Math.max(SWEEP_AT_LEAST, 2 * sessions.size());
      }
      session = sessions.computeIfAbsent(sessionId, id -> new Session(now));
    }
    session.lastUsed = now;
    return session;
  }

  private static final class Session {
    volatile long lastUsed;
    volatile @Nullable String lastTraceId;
    private int lastCallNumber;
    private long epochNanos = Long.MIN_VALUE;
    private long nanos;

    Session(long now) {
      lastUsed = now;
    }

    synchronized void resume(int number) {
      lastCallNumber = Math.max(lastCallNumber, number);
    }

    synchronized Place next(Instant callsTime, long callsNanos) {
      lastCallNumber++;
      long now = epochNanos(callsTime);
      long steady = epochNanos == Long.MIN_VALUE ? now : epochNanos + callsNanos - nanos;
      if (now < steady - JITTER_NANOS) {
        return new Place(lastCallNumber, Instant.EPOCH.plusNanos(steady));
      }
      epochNanos = now;
      nanos = callsNanos;
      return new Place(lastCallNumber, callsTime);
    }

    /** In one number, as this is done for each call. Good until the year 2262. */
    private static long epochNanos(Instant time) {
      return time.getEpochSecond() * 1_000_000_000 + time.getNano();
    }
  }
}
