package io.traceforge.storage;

import com.google.auto.value.AutoValue;
import io.traceforge.trace.FinalState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What all updates of a session amount to. Immutable. */
@AutoValue
public abstract class SessionStanding {
  private static final SessionStanding INITIAL =
      new AutoValue_SessionStanding.Builder()
          .timeout(SessionUpdate.DEFAULT_TIMEOUT)
          .lostTraces(0)
          .build();

  SessionStanding() {}

  /** Returns the standing of a session without any update. */
  public static SessionStanding initial() {
    return INITIAL;
  }

  /** Returns when the session ended, or {@code null} if it has not. */
  public abstract @Nullable Instant endedAt();

  /** Returns why it failed, or {@code null} if it did not. */
  public abstract @Nullable String failure();

  /** Returns how long it may be silent. */
  public abstract Duration timeout();

  /** Returns how many traces are known to be lost. */
  public abstract long lostTraces();

  /** Returns the time of the latest update, or {@code null} if there was none. */
  public abstract @Nullable Instant lastUpdate();

  /** Returns where it stood when it ended last, or {@code null} if that is not known. */
  public abstract @Nullable FinalState finalState();

  /** Returns a builder with what this tells: for backends that read a standing from columns. */
  public abstract Builder toBuilder();

  /**
   * Returns the standing after one more update. A first end and a first failure are kept, and the
   * latest final state; only a resumption takes them back.
   */
  public final SessionStanding apply(SessionUpdate update) {
    Builder next = update.resumed() ? withoutEnd() : toBuilder();
    if (update.ended() && next.endedAt() == null) {
      next.endedAt(update.time());
    }
    if (update.failure() != null && next.failure() == null) {
      next.failure(update.failure());
    }
    if (update.timeout() != null) {
      next.timeout(update.timeout());
    }
    if (update.finalState() != null) {
      next.finalState(update.finalState());
    }
    if (lastUpdate() == null || lastUpdate().isBefore(update.time())) {
      next.lastUpdate(update.time());
    }
    return next.lostTraces(lostTraces() + update.lostTraces()).build();
  }

  private Builder withoutEnd() {
    return toBuilder().endedAt(null).failure(null).finalState(null);
  }

  /** Builds a {@link SessionStanding}, from that of a session without any update. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Sets when the session ended. */
    public abstract Builder endedAt(@Nullable Instant time);

    /** Sets why it failed. */
    public abstract Builder failure(@Nullable String reason);

    /** Sets how long it may be silent. */
    public abstract Builder timeout(Duration timeout);

    /** Sets how many traces are known to be lost. */
    public abstract Builder lostTraces(long traces);

    /** Sets the time of the latest update. */
    public abstract Builder lastUpdate(@Nullable Instant time);

    /** Sets where it stood when it ended last. */
    public abstract Builder finalState(@Nullable FinalState stood);

    abstract @Nullable Instant endedAt();

    abstract @Nullable String failure();

    /** Returns the standing. */
    public abstract SessionStanding build();
  }
}
