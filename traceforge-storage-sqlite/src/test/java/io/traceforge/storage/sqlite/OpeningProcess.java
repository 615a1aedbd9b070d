package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process of its own that may not do what the file's mode forbids, also if root runs the tests.
 * It opens a file, stores something and says how that went; or looks only, and says how many traces
 * the session {@code s} has.
 */
final class OpeningProcess {
  private static final List<String> WITHOUT_POWERS =
      List.of("setpriv", "--bounding-set", "-dac_override,-dac_read_search");

  private OpeningProcess() {}

  private static final String LOOK = "look";

  /** Arguments: the file; whether to look only. */
  public static void main(String[] args) {
    if (args.length > 1) {
      look(Path.of(args[0]));
      return;
    }
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(Path.of(args[0]))) {
      storage.saveTraces(TestTraces.batch("more", 100, 3));
      System.out.print("stored");
    } catch (StorageException e) {
      System.out.print(e.getMessage());
    }
  }

  private static void look(Path file) {
    try (StorageBackend storage = SqliteStorageBackend.builder(file).readOnly().open()) {
      System.out.print(storage.listTracesBySession("s").size());
    } catch (StorageException e) {
      System.out.print(e.getMessage());
    }
  }

  /** Returns whether such a process can be made. */
  static boolean isPossible() throws Exception {
    if (!System.getProperty("user.name").equals("root")) {
      return !System.getProperty("os.name").startsWith("Windows");
    }
    List<String> command = new ArrayList<>(WITHOUT_POWERS);
    command.add("true");
    try {
      return new ProcessBuilder(command).start().waitFor() == 0;
    } catch (IOException noSuchProgram) {
      return false;
    }
  }

  static Process start(Path file, String... how) throws IOException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(WITHOUT_POWERS);
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.addAll(List.of(OpeningProcess.class.getName(), file.toString()));
    command.addAll(List.of(how));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Returns what the process says. */
  static String run(Path file) throws Exception {
    return said(start(file));
  }

  /** Returns what a process says that only looks. */
  static String runToLook(Path file) throws Exception {
    return said(start(file, LOOK));
  }

  private static String said(Process process) throws Exception {
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }
}
