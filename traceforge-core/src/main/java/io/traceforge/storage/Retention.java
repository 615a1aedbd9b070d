package io.traceforge.storage;

import java.util.OptionalLong;

/** Forgets what is old: for backends that can. Safe for use by many threads. */
public interface Retention {

  /**
   * Deletes whole sessions, those first seen longest ago first, until a policy is met. A session
   * that is in progress is never deleted, whatever the policy says. A trace of no session counts as
   * a session of its own that is over, except for {@link RetentionPolicy#maxSessions()}.
   *
   * <p>Other threads go on storing meanwhile: it works in small pieces and lets them in between. If
   * it is interrupted by an exception, what it did so far is done.
   *
   * @return what was deleted
   * @throws StorageException if the engine fails
   */
  PruneResult prune(RetentionPolicy policy);

  /**
   * Returns how many bytes the content takes now, as {@link RetentionPolicy#maxBytes()} counts
   * them, or empty if that cannot be told quickly. The recorder asks after each batch that it
   * stored, on the thread that deletes, in order not to wait for the next regular deletion where
   * the bound is passed; of a backend that does not tell, it waits for that.
   *
   * @throws StorageException if the engine fails
   */
  default OptionalLong usedBytes() {
    return OptionalLong.empty();
  }
}
