package io.traceforge.benchmarks.storage;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.sqlite.SqliteStorageBackend;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How fast calls are stored and how much room they take, beside plain SQL. */
final class WritingBenchmark {
  private final TimedStore plain;
  private final TimedStore trigger;
  private final TimedStore ours;

  /**
   * A benchmark.
   *
   * @param directory where the files are made
   * @param triggerShare of how many calls the slowest contender stores one
   */
  WritingBenchmark(Path directory, int triggerShare) throws SQLException {
    plain = new TimedStore("plain", new PlainStore(directory.resolve("plain.db")), 1);
    trigger =
        new TimedStore("trigger", new TriggerStore(directory.resolve("trigger.db")), triggerShare);
    ours = new TimedStore("TraceForge", new OurStore(directory.resolve("ours.db")), 1);
  }

  /** Stores all calls by all contenders, round by round in turn. Returns a table. */
  String run(Workload workload) throws IOException {
    List<TimedStore> stores = Stream.of(plain, trigger, ours).collect(Collectors.toList());
    for (Iterator<List<Exchange>> rounds = workload.rounds().iterator(); rounds.hasNext(); ) {
      List<Exchange> calls = rounds.next();
      stores.forEach(store -> store.store(calls));
      Collections.rotate(stores, 1);
    }
    stores.forEach(TimedStore::close);
    return table() + withIndex();
  }

  /** Brings our search index up to date. Returns a row that tells the room that it takes. */
  private String withIndex() throws IOException {
    try (StorageBackend backend = SqliteStorageBackend.open(ours.file())) {
      boolean more = true;
      while (more) {
        more = backend.maintain();
      }
    }
    return String.format(
        Locale.ROOT,
        "| %s, with its search index | %,d | | | | %.1f %% |%n",
        ours.name(),
        ours.calls(),
        100 * ours.room());
  }

  private String table() throws IOException {
    StringBuilder table =
        new StringBuilder(
            "| | calls | calls a second | of plain | of trigger | room, of the bodies' bytes |\n"
                + "| --- | ---: | ---: | ---: | ---: | ---: |\n");
    for (TimedStore store : List.of(plain, trigger, ours)) {
      double speed = store.callsPerSecond();
      table.append(
          String.format(
              Locale.ROOT,
              "| %s | %,d | %,.0f | %.2f | %.1f | %.1f %% |%n",
              store.name(),
              store.calls(),
              speed,
              speed / plain.callsPerSecond(),
              speed / trigger.callsPerSecond(),
              100 * store.room()));
    }
    return table.toString();
  }
}
