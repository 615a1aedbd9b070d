package io.traceforge.benchmarks.storage;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.sqlite.SqliteStorageBackend;
import io.traceforge.trace.Trace;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Agents' sessions read back, whole and one late trace of each, beside whole bodies in a table by
 * hand. That reads eight columns where we read 47, and makes no trace of them. It finds the late
 * trace by session and step; we find it by its id.
 */
final class ReadingBenchmark {
  private final Path ours;
  private final Path plain;
  private final int sessions;
  private final int steps;

  ReadingBenchmark(Path directory, int sessions, int steps) {
    this.ours = directory.resolve("ours.db");
    this.plain = directory.resolve("plain.db");
    this.sessions = sessions;
    this.steps = steps;
  }

  String run(int rounds, int warmUp) throws SQLException {
    fill();
    Random random = new Random(5);
    List<String> targets =
        IntStream.range(0, rounds).mapToObj(n -> "agent-" + random.nextInt(sessions)).toList();
    try (StorageBackend backend = SqliteStorageBackend.open(ours);
        PlainReader reader = new PlainReader(plain)) {
      Pairs<String, List<Trace>, List<PlainReader.Call>> whole =
          new Pairs<>(backend::listTracesBySession, reader::session, Bodies::of, Bodies::ofPlain);
      Map<String, String> lateIds = lateIds(backend);
      Pairs<String, Optional<Trace>, List<PlainReader.Call>> late =
          new Pairs<>(
              session -> backend.getTrace(lateIds.getOrDefault(session, "")),
              session -> reader.step(session, steps - 1),
              trace -> Bodies.of(trace.stream().toList()),
              Bodies::ofPlain);
      return table(whole.run(targets, warmUp), late.run(targets, warmUp));
    }
  }

  private void fill() throws SQLException {
    try (Store one = new OurStore(ours);
        Store other = new PlainStore(plain)) {
      Workload.agents(sessions, steps)
          .rounds()
          .forEach(
              calls -> {
                one.store(calls);
                other.store(calls);
              });
    }
  }

  private Map<String, String> lateIds(StorageBackend backend) {
    Map<String, String> ids = new HashMap<>();
    for (int n = 0; n < sessions; n++) {
      List<Trace> traces = backend.listTracesBySession("agent-" + n);
      if (traces.size() != steps) {
        throw new IllegalStateException("agent-" + n + " has " + traces.size() + " traces");
      }
      ids.put("agent-" + n, traces.get(steps - 1).id());
    }
    return ids;
  }

  private String table(Pairs<?, ?, ?> whole, Pairs<?, ?, ?> late) {
    Comparison table = new Comparison("whole bodies by hand");
    add(table, "a session of " + steps + " steps, whole", whole, Aim.ratioAtMost(1.1));
    add(table, "its last trace", late, Aim.ratioAtMost(5));
    return table.text();
  }

  private static void add(Comparison table, String what, Pairs<?, ?, ?> pairs, Aim aim) {
    Nanos ours = pairs.ours();
    Nanos hand = pairs.hand();
    table.add(what + ": µs, median", ours.median(), hand.median(), aim);
    table.add(what + ": µs, p99", ours.p99(), hand.p99(), Aim.NONE);
  }
}
