package io.traceforge.storage;

import io.traceforge.trace.FinalState;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What all updates of a session amount to.
 *
 * @param endedAt when the session ended, or {@code null} if it has not
 * @param failure why it failed, or {@code null} if it did not
 * @param timeout how long it may be silent
 * @param lostTraces how many traces are known to be lost
 * @param lastUpdate the time of the latest update, or {@code null} if there was none
 * @param finalState where it stood when it ended last, or {@code null} if that is not known
 */
public record SessionStanding(
    @Nullable Instant endedAt,
    @Nullable String failure,
    Duration timeout,
    long lostTraces,
    @Nullable Instant lastUpdate,
    @Nullable FinalState finalState) {

  private static final SessionStanding NEW =
      new SessionStanding(null, null, SessionUpdate.DEFAULT_TIMEOUT, 0, null, null);

  /** Returns the standing of a session without any update. */
  public static SessionStanding initial() {
    return NEW;
  }

  /** Returns this standing with another final state: for backends that keep it elsewhere. */
  public SessionStanding withFinalState(@Nullable FinalState stood) {
    return new SessionStanding(endedAt, failure, timeout, lostTraces, lastUpdate, stood);
  }

  /**
   * Returns the standing after one more update. A first end and a first failure are kept, and the
   * latest final state; only a resumption takes them back.
   */
  public SessionStanding apply(SessionUpdate update) {
    boolean fresh = update.resumed();
    Instant end = fresh ? null : endedAt;
    String reason = fresh ? null : failure;
    FinalState stood = fresh ? null : finalState;
    return new SessionStanding(
        end == null && update.ended() ? update.time() : end,
        reason == null ? update.failure() : reason,
        update.timeout() == null ? timeout : update.timeout(),
        lostTraces + update.lostTraces(),
        lastUpdate == null || lastUpdate.isBefore(update.time()) ? update.time() : lastUpdate,
        update.finalState() == null ? stood : update.finalState());
  }
}
