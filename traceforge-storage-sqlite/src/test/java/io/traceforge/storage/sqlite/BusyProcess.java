package io.traceforge.storage.sqlite;

import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A process of its own in which four threads store sessions step by step, each call's start and its
 * end, while a fifth one searches and deletes what is old. It says when a call is stored.
 */
final class BusyProcess {
  static final int STEPS = 6;
  private static final int THREADS = 4;

  /** Of what is pruned; the sessions that are looked for afterwards are younger. */
  private static final Instant OLD = TestTraces.START.minus(Duration.ofDays(9));

  private BusyProcess() {}

  /** Arguments: the file, a name for this process's sessions. */
  public static void main(String[] args) {
    SqliteStorageBackend storage = SqliteStorageBackend.open(Path.of(args[0]));
    for (int thread = 0; thread < THREADS; thread++) {
      String name = args[1] + "-" + thread;
      new Thread(() -> store(storage, name)).start();
    }
    new Thread(() -> tidy(storage)).start();
  }

  private static void store(StorageBackend storage, String name) {
    for (int n = 0; ; n++) {
      for (Trace trace : session(name + "-" + n)) {
        storage.saveTrace(trace.toBuilder().status(TraceStatus.IN_PROGRESS).response(null).build());
        storage.saveTrace(trace);
        say(trace.sessionId() + " " + trace.stepIndex());
      }
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
  }

  /** Returns the traces of a session; their ids and texts are told by its name. */
  static List<Trace> session(String id) {
    return session(id, TestTraces.START);
  }

  private static List<Trace> session(String id, Instant start) {
    return Conversations.session(id, STEPS, 0, start).stream()
        .map(trace -> trace.toBuilder().id(id + "/" + trace.stepIndex()).build())
        .toList();
  }

  private static void tidy(SqliteStorageBackend storage) {
    for (int n = 0; ; n++) {
      storage.saveTraces(session("short-lived-" + n % 7));
      storage.saveTraces(session("old-" + n % 5, OLD));
      storage.search().orElseThrow().count(SearchQuery.of("f" + n));
      storage.deleteSession("short-lived-" + (n + 3) % 7);
      Duration age = Duration.between(OLD.plus(Duration.ofDays(1)), Instant.now());
      storage.retention().orElseThrow().prune(RetentionPolicy.keepAll().withMaxAge(age));
    }
  }

  static Process start(Path file, String name) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            BusyProcess.class.getName(),
            file.toString(),
            name);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }
}
