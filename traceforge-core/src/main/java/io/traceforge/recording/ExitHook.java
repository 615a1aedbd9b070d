package io.traceforge.recording;

/** Does something when the JVM exits. */
final class ExitHook {
  private final Thread thread;

  ExitHook(Runnable work) {
    this.thread = new Thread(work, "traceforge-exit");
  }

  void install() {
    Runtime.getRuntime().addShutdownHook(thread);
  }

  void remove() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException alreadyExiting) {
      return; // it drains too; whichever comes first does the work
    }
  }
}
