package io.traceforge.storage;

import com.google.auto.value.AutoValue;
import io.traceforge.trace.FinalState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fact about a session that its traces don't tell: that it ended, failed or was resumed, where it
 * stood then, how long it may be silent, how many traces were lost. Immutable.
 */
@AutoValue
public abstract class SessionUpdate {
  /** How long a session may be silent if nobody said otherwise: one hour. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofHours(1);

  SessionUpdate() {}

  private static Builder about(String sessionId, Instant time) {
    return new AutoValue_SessionUpdate.Builder()
        .sessionId(sessionId)
        .time(time)
        .ended(false)
        .resumed(false)
        .lostTraces(0);
  }

  /** Returns that a session ended. */
  public static SessionUpdate ended(String sessionId, Instant time) {
    return about(sessionId, time).ended(true).build();
  }

  /** Returns that a session ended as failed. */
  public static SessionUpdate failed(String sessionId, Instant time, String failure) {
    return about(sessionId, time).ended(true).failure(failure).build();
  }

  /** Returns that a session goes on, whether it had ended or not. */
  public static SessionUpdate resumed(String sessionId, Instant time) {
    return about(sessionId, time).resumed(true).build();
  }

  /** Returns how long a session may be silent before it counts as over. */
  public static SessionUpdate timeout(String sessionId, Instant time, Duration timeout) {
    return about(sessionId, time).timeout(timeout).build();
  }

  /** Returns that traces of a session were lost. */
  public static SessionUpdate lost(String sessionId, Instant time, long lostTraces) {
    return about(sessionId, time).lostTraces(lostTraces).build();
  }

  /** Returns the session. */
  public abstract String sessionId();

  /** Returns when the fact came to be known. */
  public abstract Instant time();

  /** Returns whether the session ended. */
  public abstract boolean ended();

  /** Returns why it failed, or {@code null}. */
  public abstract @Nullable String failure();

  /** Returns whether the session goes on after all: takes an earlier end and failure back. */
  public abstract boolean resumed();

  /** Returns how long the session may be silent, or {@code null} for no word on it. */
  public abstract @Nullable Duration timeout();

  /** Returns how many more traces were lost, to be added to those told before. */
  public abstract long lostTraces();

  /** Returns where the session stood when it ended, or {@code null} for no word on it. */
  public abstract @Nullable FinalState finalState();

  /** Returns this fact with another reason for the failure, or without one. */
  public final SessionUpdate withFailure(@Nullable String reason) {
    return toBuilder().failure(reason).build();
  }

  /** Returns this fact, and where the session stood at its end. */
  public final SessionUpdate withFinalState(@Nullable FinalState stood) {
    return toBuilder().finalState(stood).build();
  }

  abstract Builder toBuilder();

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder sessionId(String id);

    abstract Builder time(Instant time);

    abstract Builder ended(boolean ended);

    abstract Builder failure(@Nullable String reason);

    abstract Builder resumed(boolean resumed);

    abstract Builder timeout(@Nullable Duration timeout);

    abstract Builder lostTraces(long traces);

    abstract Builder finalState(@Nullable FinalState stood);

    abstract SessionUpdate build();
  }
}
