package io.traceforge.recording;

/**
 * When the storage does what can wait: while there is nothing to store. In a program that makes
 * calls all the time that may never be so, and what waits would grow for ever; so its turn comes
 * after a second at the latest, in the pause between two batches. Used by the writer's thread.
 */
final class Upkeep {
  private static final long LONGEST_WAIT_NANOS = 1_000_000_000;

  private final GuardedStorage storage;
  private boolean stored;
  private boolean unfinished;
  private long finished = System.nanoTime();

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
   */
  void goOn(boolean idle) {
    if (unfinished || (stored && (idle || hasWaitedLong()))) {
      if (!unfinished) {
        stored = false;
      }
      unfinished = storage.maintain();
      finished = System.nanoTime();
    }
  }

  private boolean hasWaitedLong() {
    return System.nanoTime() - finished >= LONGEST_WAIT_NANOS;
  }
}
