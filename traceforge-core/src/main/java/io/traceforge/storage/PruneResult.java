package io.traceforge.storage;

import com.google.auto.value.AutoValue;

/** What {@link Retention#prune} deleted. Immutable. */
@AutoValue
public abstract class PruneResult {
  PruneResult() {}

  /** Returns a result with these figures. */
  public static PruneResult of(long sessions, long traces) {
    return new AutoValue_PruneResult(sessions, traces);
  }

  /** Returns how many sessions were deleted. */
  public abstract long sessions();

  /** Returns how many traces were deleted, those of these sessions and those of none. */
  public abstract long traces();

  /** Returns the sum of both. */
  public final PruneResult plus(PruneResult other) {
    return of(sessions() + other.sessions(), traces() + other.traces());
  }
}
