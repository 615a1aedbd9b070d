package io.traceforge.recording;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Lines on their way to the log. A log may be slow, and no caller is to wait for it: the writer
 * logs what others have to say. When there is no writer any more, a thread does that ends at once.
 */
final class LogLines {
  private final Queue<Runnable> lines = new ConcurrentLinkedQueue<>();
  private volatile boolean withoutWriter;

  void add(Runnable line) {
    lines.add(line);
    if (withoutWriter) {
      logElsewhere();
    }
  }

  /** Logs what waits; for a thread that may take its time. */
  void log() {
    for (Runnable line = lines.poll(); line != null; line = lines.poll()) {
      logSafely(line);
    }
  }

  /** Logs what waits, and expects nobody to come for what is added later. */
  void logWithoutWriter() {
    withoutWriter = true;
    log();
  }

  private void logElsewhere() {
    try {
      Thread thread = new Thread(null, this::log, "traceforge-log", 0, false);
      thread.setDaemon(true);
      thread.setContextClassLoader(LogLines.class.getClassLoader());
      thread.start();
    } catch (Throwable noThread) {
      return; // it is counted, and the caller is not to be bothered
    }
  }

  /** A log may throw, or an exception that it asks for its message: both are still counted. */
  private static void logSafely(Runnable line) {
    try {
      line.run();
    } catch (Throwable unloggable) {
      return; // there is nobody else to tell
    }
  }
}
