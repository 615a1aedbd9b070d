package io.traceforge.recording;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what goes wrong inside TraceForge, and logs the first of each kind. */
final class Problems {
  private static final Logger logger = LoggerFactory.getLogger(Recorder.class);

  private final Set<String> logged = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicLong> tellAt = new ConcurrentHashMap<>();
  private final AtomicLong storageFailures = new AtomicLong();
  private final AtomicLong internalErrors = new AtomicLong();

  void storageFailed(Throwable failure) {
    storageFailures.incrementAndGet();
    report("The storage backend failed; TraceForge tries again", failure, failure);
  }

  void internalError(String what, Throwable failure) {
    internalErrors.incrementAndGet();
    report(what, failure, new WithoutMessage(failure));
  }

  /**
   * Tells of something that is counted: the first one, and each time there are ten times as many.
   */
  void warnAtEachTenfold(String what, long total) {
    AtomicLong next = tellAt.computeIfAbsent(what, first -> new AtomicLong(1));
    long at = next.get();
    if (total >= at && next.compareAndSet(at, 10 * total)) {
      logSafely(() -> logger.warn("{}, {} so far", what, total));
    }
  }

  void warnOnce(String what) {
    if (logged.add(what)) {
      logSafely(() -> logger.warn("{} (told once)", what));
    }
  }

  long storageFailures() {
    return storageFailures.get();
  }

  long internalErrors() {
    return internalErrors.get();
  }

  private void report(String what, Throwable failure, Throwable shown) {
    if (logged.add(what + failure.getClass().getName())) {
      logSafely(() -> logger.warn("{} (told once for each kind, counted in stats())", what, shown));
    }
  }

  /** A log may throw, or an exception that it asks for its message: both are still counted. */
  private static void logSafely(Runnable logging) {
    try {
      logging.run();
    } catch (Throwable unloggable) {
      return; // there is nobody else to tell
    }
  }
}
