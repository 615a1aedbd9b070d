package io.traceforge.storage;

import io.traceforge.trace.FinalState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact about a session that its traces don't tell: that it ended, failed or was resumed, where it
 * stood then, how long it may be silent, how many traces were lost.
 *
 * @param sessionId the session
 * @param time when the fact came to be known
 * @param ended whether the session ended
 * @param failure why it failed, or {@code null}
 * @param resumed whether the session goes on after all: takes an earlier end and failure back
 * @param timeout how long the session may be silent, or {@code null} for no word on it
 * @param lostTraces how many more traces were lost, to be added to those told before
 * @param finalState where the session stood when it ended, or {@code null} for no word on it
 */
public record SessionUpdate(
    String sessionId,
    Instant time,
    boolean ended,
    @Nullable String failure,
    boolean resumed,
    @Nullable Duration timeout,
    long lostTraces,
    @Nullable FinalState finalState) {

  /** How long a session may be silent if nobody said otherwise: one hour. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

  /** Returns that a session ended. */
  public static SessionUpdate ended(String sessionId, Instant time) {
    return new SessionUpdate(sessionId, time, true, null, false, null, 0, null);
  }

  /** Returns that a session ended as failed. */
  public static SessionUpdate failed(String sessionId, Instant time, String failure) {
    return new SessionUpdate(sessionId, time, true, failure, false, null, 0, null);
  }

  /** Returns that a session goes on, whether it had ended or not. */
  public static SessionUpdate resumed(String sessionId, Instant time) {
    return new SessionUpdate(sessionId, time, false, null, true, null, 0, null);
  }

  /** Returns how long a session may be silent before it counts as over. */
  public static SessionUpdate timeout(String sessionId, Instant time, Duration timeout) {
    return new SessionUpdate(sessionId, time, false, null, false, timeout, 0, null);
  }

  /** Returns that traces of a session were lost. */
  public static SessionUpdate lost(String sessionId, Instant time, long lostTraces) {
    return new SessionUpdate(sessionId, time, false, null, false, null, lostTraces, null);
  }

  /** Returns this fact, and where the session stood at its end. */
  public SessionUpdate withFinalState(@Nullable FinalState stood) {
    return new SessionUpdate(sessionId, time, ended, failure, resumed, timeout, lostTraces, stood);
  }
}
