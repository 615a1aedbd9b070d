package io.traceforge.recording;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what goes wrong inside TraceForge, and notes the first of each kind for the log. It is
 * logged when {@link #log} is called: no caller is to wait for a log.
 */
final class Problems {
  private static final Logger logger = LoggerFactory.getLogger(Recorder.class);

  private final Set<String> logged = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicLong> tellAt = new ConcurrentHashMap<>();
  private final AtomicLong storageFailures = new AtomicLong();
  private final AtomicLong internalErrors = new AtomicLong();
  private final LogLines lines = new LogLines();

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
      lines.add(() -> logger.warn("{}, {} so far", what, total));
    }
  }

  void warnOnce(String what) {
    if (logged.add(what)) {
      lines.add(() -> logger.warn("{} (told once)", what));
    }
  }

  /** Logs what was noted; for a thread that may take its time. */
  void log() {
    lines.log();
  }

  /** Logs what was noted, and expects no writer to log what is noted later. */
  void logWithoutWriter() {
    lines.logWithoutWriter();
  }

  long storageFailures() {
    return storageFailures.get();
  }

  long internalErrors() {
    return internalErrors.get();
  }

  private void report(String what, Throwable failure, Throwable shown) {
    if (logged.add(what + failure.getClass().getName())) {
      lines.add(() -> logger.warn("{} (told once for each kind, counted in stats())", what, shown));
    }
  }
}
