package io.traceforge.recording;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what goes wrong inside TraceForge, and logs the first of each kind. */
final class Problems {
  private static final Logger logger = LoggerFactory.getLogger(Recorder.class);

  private final Set<String> logged = ConcurrentHashMap.newKeySet();
  private final AtomicLong storageFailures = new AtomicLong();
  private final AtomicLong internalErrors = new AtomicLong();

  void storageFailed(Throwable failure) {
    storageFailures.incrementAndGet();
    logOnce("The storage backend failed; TraceForge tries again", failure);
  }

  void internalError(String what, Throwable failure) {
    internalErrors.incrementAndGet();
    logOnce(what, failure);
  }

  void warnOnce(String what) {
    logOnce(what, null);
  }

  long storageFailures() {
    return storageFailures.get();
  }

  long internalErrors() {
    return internalErrors.get();
  }

  private void logOnce(String what, @Nullable Throwable failure) {
    String kind = failure == null ? what : what + failure.getClass().getName();
    if (logged.add(kind)) {
      logger.warn(
          "{}. This is logged once for each kind; see stats() for the count", what, failure);
    }
  }
}
