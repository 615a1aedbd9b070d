package io.traceforge.benchmarks.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The figures of the storage, each beside plain SQL in the same run. */
public final class StorageBenchmarks {
  /** The figures that there are. */
  public static final List<String> NAMES =
      List.of(
          "unrelated", "agents", "index", "reading", "growth", "long-session", "large", "viewer");

  /** How many sessions the large file has, each with 20 traces. */
  private static final int SESSIONS = Integer.getInteger("sessions", 50_000);

  private StorageBenchmarks() {}

  /** Something that takes a figure with files in a directory, and returns a table. */
  private interface Figure {
    String take(Path directory) throws IOException, SQLException;
  }

  /** Takes a figure. Returns its table. */
  public static String table(String what) throws IOException, SQLException {
    return switch (what) {
      case "unrelated" -> writing(10, Workload.unrelated(20, 500), Workload.unrelated(60, 500));
      case "agents" -> writing(20, Workload.agents(50, 50), Workload.agents(200, 50));
      case "index" -> index(Workload.manyParts(5, 200, 1_000), Workload.manyParts(20, 500, 1_000));
      case "reading" -> take(d -> new ReadingBenchmark(d, 100, 50).run(400, 100));
      case "growth" -> growth();
      case "long-session" -> take(d -> new LongSessionBenchmark(d, 10_000, 300).run());
      case "large" -> take(d -> new LargeBenchmark(d, SESSIONS, 1_000, 1_000).run(500));
      case "viewer" -> take(d -> new ViewerBenchmark(d, SESSIONS, 1_000, 10_000).run(500));
      default -> throw new IllegalArgumentException("figure: expected " + NAMES + ", got " + what);
    };
  }

  /** Takes every figure with next to nothing, to see that it can be taken. Returns the tables. */
  public static List<String> smoke() throws IOException, SQLException {
    return List.of(
        writing(10, Workload.unrelated(1, 10)),
        writing(10, Workload.agents(2, 5)),
        take(d -> new IndexBenchmark(d, 20).run(Workload.manyParts(2, 5, 1_000))),
        take(d -> new ReadingBenchmark(d, 2, 5).run(4, 1)),
        take(d -> new GrowthBenchmark(d, 4, 2).run()),
        take(d -> new LongSessionBenchmark(d, 20, 2).run()),
        take(d -> new LargeBenchmark(d, 10, 4, 1).run(5)),
        take(d -> new ViewerBenchmark(d, 10, 4, 1).run(5)));
  }

  private static String writing(int triggerShare, Workload warmUp, Workload workload)
      throws IOException, SQLException {
    writing(triggerShare, warmUp);
    return writing(triggerShare, workload);
  }

  private static String writing(int triggerShare, Workload workload)
      throws IOException, SQLException {
    return take(directory -> new WritingBenchmark(directory, triggerShare).run(workload));
  }

  private static String index(Workload warmUp, Workload workload) throws IOException, SQLException {
    take(directory -> new IndexBenchmark(directory, 1_000).run(warmUp));
    return take(directory -> new IndexBenchmark(directory, 10_000).run(workload));
  }

  private static String growth() throws IOException, SQLException {
    take(directory -> new GrowthBenchmark(directory, 20, 500).run());
    return take(directory -> new GrowthBenchmark(directory, 205, 500).run());
  }

  private static String take(Figure figure) throws IOException, SQLException {
    Path directory = Files.createTempDirectory("traceforge-benchmark");
    try {
      return figure.take(directory);
    } finally {
      delete(directory);
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
