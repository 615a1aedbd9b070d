package io.traceforge.viewer;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.StorageException;
import io.traceforge.viewer.internal.ReadOnlyStorage;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/** Runs a viewer from the command line, until it is interrupted. */
final class Main {
  private static final int WRONG_USE = 2;

  private Main() {}

  /** Never returns unless it cannot start. */
  public static void main(String[] args) throws InterruptedException {
    // The executable archive brings a logger that would tell every start and stop of the server.
    System.setProperty(
        "org.slf4j.simpleLogger.defaultLogLevel",
        System.getProperty("org.slf4j.simpleLogger.defaultLogLevel", "warn"));
    int code = run(args, System.out, System.err);
    if (code != 0) {
      System.exit(code);
    }
    new CountDownLatch(1).await();
  }

  /** Returns 0 if a viewer has been started, else the code to exit with. */
  private static int run(String[] args, PrintStream out, PrintStream err) {
    try {
      CommandLine line = CommandLine.parse(args);
      if (line.help()) {
        out.print(CommandLine.HELP);
        System.exit(0);
      }
      StorageBackend storage = ReadOnlyStorage.open(line.storage());
      TraceForgeViewer viewer = line.viewerOf(storage).start();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> close(viewer, storage)));
      String session = line.session();
      String url = session == null ? viewer.url() : viewer.urlOf(session);
      out.println("TraceForge viewer of " + line.storage());
      out.println(url);
      out.println("Stop it with Ctrl+C.");
      if (line.open()) {
        PageOpener.open(url, err);
      }
      return 0;
    } catch (IllegalArgumentException wrong) {
      err.println(wrong.getMessage());
      err.print(CommandLine.HELP);
      return WRONG_USE;
    } catch (IllegalStateException | StorageException | UncheckedIOException failed) {
      err.println(failed.getMessage());
      return 1;
    }
  }

  private static void close(TraceForgeViewer viewer, StorageBackend storage) {
    viewer.close();
    storage.close();
  }
}
