package io.traceforge.benchmarks.storage;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.sqlite.SqliteStorageBackend;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The search index catching up with a file that has none, while somebody else stores. By turns with
 * an index by hand, some thousand texts each; in its turns it is seen how long the one who stores
 * waits when nobody holds him up.
 */
final class IndexBenchmark {
  private static final double MILLI = 1_000;

  /** On a machine that does other work too, the time that passes says little. */
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Path ourFile;
  private final Path handFile;
  private final int partsInTurn;
  private final Nanos slices = new Nanos();
  private final Nanos waits = new Nanos();
  private final Nanos freeWaits = new Nanos();
  private final Nanos hand = new Nanos();
  private final Nanos slicesOfProcessor = new Nanos();
  private final Nanos handOfProcessor = new Nanos();
  private long handTexts;

  IndexBenchmark(Path directory, int partsInTurn) {
    ourFile = directory.resolve("ours.db");
    handFile = directory.resolve("hand.db");
    this.partsInTurn = partsInTurn;
  }

  String run(Workload workload) throws SQLException {
    long traces;
    try (OurStore store = new OurStore(ourFile)) {
      traces = workload.rounds().peek(store::store).mapToLong(calls -> calls.size()).sum();
    }
    try (StorageBackend backend = SqliteStorageBackend.open(ourFile);
        HandIndex index = new HandIndex(ourFile, handFile)) {
      WaitingWriter writer = new WaitingWriter(backend, freeWaits);
      try (writer) {
        byTurns(backend, index, writer);
      }
      check(index, traces + writer.stored());
      return table(index.ourTexts());
    }
  }

  private void byTurns(StorageBackend backend, HandIndex index, WaitingWriter writer)
      throws SQLException {
    boolean more = true;
    while (more) {
      long goal = index.ourProgress() + partsInTurn;
      writer.noteIn(waits);
      do {
        more = goOn(backend);
      } while (more && index.ourProgress() < goal);
      writer.noteIn(freeWaits);
      goOn(index);
    }
  }

  private boolean goOn(StorageBackend backend) {
    long processor = THREADS.getCurrentThreadCpuTime();
    long began = System.nanoTime();
    boolean more = backend.maintain();
    slices.add(System.nanoTime() - began);
    slicesOfProcessor.add(THREADS.getCurrentThreadCpuTime() - processor);
    return more;
  }

  private void goOn(HandIndex index) throws SQLException {
    long goal = index.ourProgress();
    long processor = THREADS.getCurrentThreadCpuTime();
    long began = System.nanoTime();
    handTexts += index.goOn(goal);
    hand.add(System.nanoTime() - began);
    handOfProcessor.add(THREADS.getCurrentThreadCpuTime() - processor);
  }

  private void check(HandIndex index, long traces) throws SQLException {
    // The one who stores may have added a text after the last turn.
    if (index.traces() != traces || handTexts != index.ourTexts()) {
      throw new IllegalStateException(
          String.format(
              "%d traces of %d, %d texts in the index of %d",
              index.traces(), traces, index.ourTexts(), handTexts));
    }
  }

  private String table(long texts) {
    Comparison table = new Comparison("by hand; its waits: nobody indexes in this file");
    speed(table, "texts a second", perSecond(texts, slices), perSecond(handTexts, hand));
    speed(
        table,
        "texts a second of processor time",
        perSecond(texts, slicesOfProcessor),
        perSecond(handTexts, handOfProcessor));
    waits(table, "one who stores waits", waits, freeWaits);
    waits(table, "one turn takes", slices, hand);
    waits(table, "one turn takes of processor time", slicesOfProcessor, handOfProcessor);
    return table.text();
  }

  private static double perSecond(long texts, Nanos took) {
    return texts * 1e9 / took.total();
  }

  private static void speed(Comparison table, String what, double ours, double byHand) {
    table.add(what, ours, byHand, Aim.atLeast(15_000));
  }

  private static void waits(Comparison table, String what, Nanos ours, Nanos other) {
    table.add(what + ": ms, median", ours.median() / MILLI, other.median() / MILLI, Aim.NONE);
    table.add(what + ": ms, p99", ours.p99() / MILLI, other.p99() / MILLI, Aim.NONE);
    table.add(what + ": ms, at most", ours.max() / MILLI, other.max() / MILLI, Aim.atMost(50));
  }
}
