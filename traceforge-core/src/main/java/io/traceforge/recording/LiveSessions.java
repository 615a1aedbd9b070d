package io.traceforge.recording;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the calls of each session and keeps their times in order. A session that is silent past
 * the timeout is forgotten, as nobody may ever end it.
 */
final class LiveSessions {
  /** Two clocks that are not read at the same moment differ by as much without being set. */
  private static final Duration JITTER = Duration.ofMillis(100);

  private final Cache<String, Session> sessions;

  LiveSessions(Duration timeout) {
    sessions = Caffeine.newBuilder().executor(Runnable::run).expireAfterAccess(timeout).build();
  }

  /**
   * A call's place in its session.
   *
   * @param callNumber from 1; 0 if it belongs to none
   * @param startTime when it began: later than calls that began before it
   */
  record Place(int callNumber, Instant startTime) {}

  /** Returns the place of a session's next call (see {@link Recorder#place}). */
  Place place(String sessionId, Instant time, long nanos) {
    return sessions.get(sessionId, id -> new Session()).next(time, nanos);
  }

  /** Goes on counting after the given number. */
  void resume(String sessionId, int lastCallNumber) {
    sessions.get(sessionId, id -> new Session()).resume(lastCallNumber);
  }

  private static final class Session {
    private int lastCallNumber;
    private @Nullable Instant time;
    private long nanos;

    synchronized void resume(int number) {
      lastCallNumber = Math.max(lastCallNumber, number);
    }

    synchronized Place next(Instant callsTime, long callsNanos) {
      lastCallNumber++;
      Instant steady = time == null ? callsTime : time.plusNanos(callsNanos - nanos);
      boolean setBack = callsTime.isBefore(steady.minus(JITTER));
      if (!setBack) {
        time = callsTime;
        nanos = callsNanos;
      }
      return new Place(lastCallNumber, setBack ? steady : callsTime);
    }
  }
}
