package io.traceforge.recording;

import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageUnavailableException;
import io.traceforge.trace.Trace;
import java.util.List;

/**
 * The storage backend's writes, whose failures are counted and told by a result. Each begins
 * without an interrupt that the one before left behind: a backend might give up because of it.
 */
final class GuardedStorage {
  /** What came of a write. */
  enum Result {
    STORED,
    /**
     * It failed: because of what was to be stored, or for a reason that the backend did not say.
     */
    REFUSED,
    /** It failed, and any other write would. */
    UNAVAILABLE
  }

  private final StorageBackend backend;
  private final Problems problems;
  private final Runnable changed;

  /**
   * Guards a backend.
   *
   * @param changed told after each write; must return at once
   */
  GuardedStorage(StorageBackend backend, Problems problems, Runnable changed) {
    this.backend = backend;
    this.problems = problems;
    this.changed = changed;
  }

  Result save(List<Trace> traces) {
    return attempt(() -> backend.saveTraces(traces));
  }

  Result update(SessionUpdate update) {
    return attempt(() -> backend.updateSession(update));
  }

  /**
   * Lets the backend do a little of what can wait.
   *
   * @return whether there is more to do; not after a failure, so that it is not repeated for ever
   */
  boolean maintain() {
    Thread.interrupted();
    try {
      boolean more = backend.maintain();
      changed.run();
      return more;
    } catch (Throwable failure) {
      problems.storageFailed(failure);
      return false;
    }
  }

  void close() {
    backend.close();
  }

  private Result attempt(Runnable write) {
    Thread.interrupted();
    try {
      write.run();
      changed.run();
      return Result.STORED;
    } catch (StorageUnavailableException failure) {
      problems.storageFailed(failure);
      return Result.UNAVAILABLE;
    } catch (Throwable failure) {
      problems.storageFailed(failure);
      return Result.REFUSED;
    }
  }
}
