package io.traceforge.recording;

import io.traceforge.storage.PruneResult;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;

/**
 * Carries out a policy, and tells when a storage has become too large for it meanwhile. Used by one
 * thread.
 */
final class SizeWatch {
  /**
   * Of what is too large a tenth more is deleted than must be, and a tenth must come before that is
   * done again: a pass goes through the whole search index, so it must not follow each trace.
   */
  private static final int TENTH = 10;

  private final Retention retention;
  private final RetentionPolicy policy;
  private final long most;

  /** What the last pass left, if it had too much before it. */
  private long left;

  SizeWatch(Retention retention, RetentionPolicy policy) {
    this.retention = retention;
    this.policy = policy;
    Long bytes = policy.maxBytes();
    this.most = bytes == null ? Long.MAX_VALUE : bytes;
  }

  boolean hasBound() {
    return most < Long.MAX_VALUE;
  }

  /**
   * Returns whether there is too much, and so much more than the last pass left that another is
   * worth while: sessions in progress may be what is left.
   */
  boolean isPassed() {
    long used = used();
    return used > most && used - left > left / TENTH;
  }

  /**
   * Deletes what the policy does not keep.
   *
   * @return whether to do so again soon: there was too much and something could be deleted, but
   *     more may have been stored meanwhile
   */
  boolean prune() {
    left = used(); // also if this fails: what failed is not tried again with each trace
    if (left <= most) {
      left = 0;
      retention.prune(policy);
      return false;
    }
    PruneResult deleted = retention.prune(policy.withMaxBytes(most - most / TENTH));
    left = used();
    return deleted.sessions() + deleted.traces() > 0;
  }

  private long used() {
    return hasBound() ? retention.usedBytes().orElse(0) : 0;
  }
}
