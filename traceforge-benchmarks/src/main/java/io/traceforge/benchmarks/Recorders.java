package io.traceforge.benchmarks;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Ours: as it comes, bound to a session whose state is small. */
final class Recorders {
  private Recorders() {}

  static Installed installWithFile(ChainEnd end) {
    try {
      Path directory = Files.createTempDirectory("traceforge-benchmarks");
      Installed installed = install(end, "sqlite:" + directory.resolve("traces.db"));
      return Installed.of(
          installed.calls(),
          installed::settle,
          () -> {
            installed.close();
            delete(directory.toFile());
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Installed install(ChainEnd end, String storage) {
    TraceForge traceForge = TraceForge.open(storage);
    SessionTracker session = traceForge.startSession();
    begin(session);
    return Installed.of(
        end.put(TraceForgeOkHttp.instrument(end.base(), session)),
        () -> beginAnew(traceForge, session),
        () -> close(traceForge));
  }

  private static void begin(SessionTracker session) {
    session.setState("user_query", "Book a flight to Paris");
    session.setState("results_count", 5);
    session.nextStep();
  }

  private static void beginAnew(TraceForge traceForge, SessionTracker session) {
    String finished = session.getSessionId();
    session.start();
    begin(session);
    traceForge.flush(Duration.ofMinutes(1));
    traceForge.storage().deleteSession(finished);
  }

  private static void close(TraceForge traceForge) {
    traceForge.flush(Duration.ofMinutes(1));
    String stats = traceForge.stats().toString();
    boolean whole =
        traceForge.stats().lostTraces() == 0 && traceForge.stats().internalErrors() == 0;
    traceForge.close();
    if (!whole) {
      throw new IllegalStateException("Not everything was recorded: " + stats);
    }
  }

  private static void delete(File directory) throws UncheckedIOException {
    File[] files = directory.listFiles();
    for (File file : files == null ? new File[0] : files) {
      if (!file.delete()) {
        throw new UncheckedIOException(new IOException("cannot delete " + file));
      }
    }
    if (!directory.delete()) {
      throw new UncheckedIOException(new IOException("cannot delete " + directory));
    }
  }
}
