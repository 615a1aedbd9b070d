package io.traceforge.storage;

/**
 * What {@link Retention#prune} deleted.
 *
 * @param sessions how many sessions
 * @param traces how many traces, those of these sessions and those of none
 */
public record PruneResult(long sessions, long traces) {
  /** Returns the sum of both. */
  public PruneResult plus(PruneResult other) {
    return new PruneResult(sessions + other.sessions, traces + other.traces);
  }
}
