package io.traceforge.benchmarks.storage;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * Whether a session that has become long is written as fast as a young one, when its requests do
 * not grow. Late steps of the long session and tenth steps of young ones are stored by turns, each
 * by itself, into one and the same file; so all that differs is the session's length.
 */
final class LongSessionBenchmark {
  private static final int YOUNG = 10;

  private final Words words = new Words(6);
  private final Path directory;
  private final int steps;
  private final int pairs;

  LongSessionBenchmark(Path directory, int steps, int pairs) {
    this.directory = directory;
    this.steps = steps;
    this.pairs = pairs;
  }

  String run() throws SQLException {
    try (Store plain = new PlainStore(directory.resolve("plain.db"), 1);
        Store ours = new OurStore(directory.resolve("ours.db"))) {
      Figures ofPlain = new Figures(plain);
      Figures ofOurs = new Figures(ours);
      for (int step = 0; step < steps - pairs; step++) {
        ours.store(List.of(call("long", step)));
        plain.store(List.of(call("long", step)));
      }
      for (int n = 0; n < pairs; n++) {
        ofOurs.pair(n);
        ofPlain.pair(n);
      }
      return table(ofOurs, ofPlain);
    }
  }

  /** What one store takes. */
  private final class Figures {
    private final Store store;
    private final Nanos late = new Nanos();
    private final Nanos young = new Nanos();

    Figures(Store store) {
      this.store = store;
    }

    void pair(int n) {
      for (int step = 0; step < YOUNG; step++) {
        store.store(List.of(call("young-" + n, step)));
      }
      Exchange ofYoung = call("young-" + n, YOUNG);
      Exchange ofLong = call("long", steps - pairs + n);
      if (n % 2 == 0) {
        time(ofYoung, young);
        time(ofLong, late);
      } else {
        time(ofLong, late);
        time(ofYoung, young);
      }
    }

    private void time(Exchange call, Nanos took) {
      long began = System.nanoTime();
      store.store(List.of(call));
      took.add(System.nanoTime() - began);
    }
  }

  private Exchange call(String session, int step) {
    return new Exchange(
        session,
        step,
        Chats.request("", Chats.message("user", words.text(2_310))),
        Chats.response(step, Chats.message("assistant", words.text(1_230))));
  }

  private String table(Figures ours, Figures plain) {
    Comparison table = new Comparison("plain");
    double oursYoung = ours.young.median();
    double oursLate = ours.late.median();
    double plainYoung = plain.young.median();
    double plainLate = plain.late.median();
    table.add("step " + YOUNG + ": µs, median", oursYoung, plainYoung, Aim.NONE);
    table.add("step " + steps + ": µs, median", oursLate, plainLate, Aim.NONE);
    table.add(
        "the late of the young", oursLate / oursYoung, plainLate / plainYoung, Aim.atMost(1.2));
    return table.text();
  }
}
