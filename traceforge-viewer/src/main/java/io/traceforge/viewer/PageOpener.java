package io.traceforge.viewer;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.ProcessBuilder.Redirect;
import java.util.List;
import java.util.Locale;

/**
 * Opens a page in the browser of whoever sits at this machine, by the command that its desktop has
 * for that: Java's own way needs a desktop's libraries, which many a runtime comes without.
 */
final class PageOpener {
  private PageOpener() {}

  /** Opens a page, or says that it could not. Does not wait for the browser. */
  @SuppressWarnings("FutureReturnValueIgnored") // of the callback, which does not throw
  static void open(String url, PrintStream err) {
    List<String> command = command(System.getProperty("os.name", ""), url);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start();
      process.onExit().thenAccept(ended -> tell(command.get(0), ended.exitValue(), err));
    } catch (IOException failed) {
      err.println("cannot open a browser: " + failed.getMessage());
    }
  }

  private static void tell(String command, int code, PrintStream err) {
    if (code != 0) {
      err.println("cannot open a browser: " + command + " ended with " + code);
    }
  }

  /** Returns what opens a page on an operating system; no shell reads it. */
  static List<String> command(String system, String url) {
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("windows")) {
      return List.of("rundll32", "url.dll,FileProtocolHandler", url);
    }
    return List.of(name.startsWith("mac") ? "open" : "xdg-open", url);
  }
}
