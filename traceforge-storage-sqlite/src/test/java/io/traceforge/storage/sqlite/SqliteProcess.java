package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageBackend;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A process of its own that writes batches of ten and says when each is stored. */
final class SqliteProcess {
  static final int BATCH = 10;

  private SqliteProcess() {}

  /** Arguments: the file, the session, the number of the first trace, how many batches. */
  public static void main(String[] args) {
    int first = Integer.parseInt(args[2]);
    int batches = Integer.parseInt(args[3]);
    try (StorageBackend storage = SqliteStorageBackend.open(Path.of(args[0]))) {
      System.out.println("open");
      for (int batch = 0; batch < batches; batch++) {
        storage.saveTraces(TestTraces.batch(args[1], first + batch * BATCH, BATCH));
        System.out.println(batch);
      }
    }
  }

  static Process start(Path file, String session, int first, int batches) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            SqliteProcess.class.getName(),
            file.toString(),
            session,
            String.valueOf(first),
            String.valueOf(batches));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Waits until a process has stored so many batches. */
  static void awaitBatches(BufferedReader output, int batches) throws IOException {
    for (int line = 0; line <= batches; line++) {
      if (output.readLine() == null) {
        throw new IOException("the process ended early");
      }
    }
  }
}
