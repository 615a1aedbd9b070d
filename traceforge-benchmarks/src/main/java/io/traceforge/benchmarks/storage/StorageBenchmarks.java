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
  public static final List<String> NAMES = List.of("unrelated", "agents");

  private StorageBenchmarks() {}

  /** Takes a figure. Returns its table. */
  public static String table(String what) throws IOException, SQLException {
    return switch (what) {
      case "unrelated" -> writing(10, Workload.unrelated(20, 500), Workload.unrelated(60, 500));
      case "agents" -> writing(20, Workload.agents(50, 50), Workload.agents(200, 50));
      default -> throw new IllegalArgumentException("figure: expected " + NAMES + ", got " + what);
    };
  }

  /** Takes every figure with next to nothing, to see that it can be taken. Returns the tables. */
  public static List<String> smoke() throws IOException, SQLException {
    return List.of(
        writing(10, Workload.unrelated(1, 10), Workload.unrelated(2, 10)),
        writing(10, Workload.agents(1, 2), Workload.agents(2, 5)));
  }

  private static String writing(int triggerShare, Workload warmUp, Workload workload)
      throws IOException, SQLException {
    writing(triggerShare, warmUp);
    return writing(triggerShare, workload);
  }

  private static String writing(int triggerShare, Workload workload)
      throws IOException, SQLException {
    Path directory = Files.createTempDirectory("traceforge-benchmark");
    try {
      return new WritingBenchmark(directory, triggerShare).run(workload);
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
