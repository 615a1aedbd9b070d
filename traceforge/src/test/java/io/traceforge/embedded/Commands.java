package io.traceforge.embedded;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;

/** Programs of the operating system, which may be missing or not be allowed. */
final class Commands {
  private Commands() {}

  /** Runs a command; returns whether it was found and succeeded. */
  static boolean run(String... command) throws InterruptedException {
    try {
      return new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notFound) {
      return false;
    }
  }
}
