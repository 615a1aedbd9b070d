package io.traceforge.recording;

/**
 * When the storage does what can wait: while there is nothing to store. In a program that makes
 * calls all the time that may never be so, and what waits would grow for ever; so its turn comes
 * after a second at the latest, between two batches. What was begun then goes on in each pause, or
 * in each second where somebody always waits for the writer. Used by the writer's thread.
 */
final class Upkeep {
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000;

  private final GuardedStorage storage;
  private boolean stored;
  private boolean unfinished;
  private long last = System.nanoTime();

  Upkeep(GuardedStorage storage) {
    this.storage = storage;
  }

  /** Takes note that there may be something to do. */
  void stored() {
    stored = true;
  }

  /**
   * Lets the storage do a little, if it is time.
   *
   * @param idle whether there was nothing to store
   * @param hurried whether somebody waited for the writer
   */
  void goOn(boolean idle, boolean hurried) {
    boolean maySoon = !hurried && (idle || unfinished);
    if ((stored || unfinished) && (maySoon || hasWaitedLong())) {
      stored = false;
      unfinished = storage.maintain();
      last = System.nanoTime();
    }
  }

  private boolean hasWaitedLong() {
    return System.nanoTime() - last >= LONGEST_WAIT_NANOS;
  }
}
