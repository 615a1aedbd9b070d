package io.traceforge.recording;

/**
 * How many entries go into a batch: as many as are likely to be stored soon. In a program that has
 * just begun, or on a busy machine, a large batch would take long, and a kill would lose all of it.
 */
final class BatchSize {
  private static final int LEAST = 20;
  private static final int MOST = 500;
  private static final long AIM_NANOS = 200_000_000;

  private int entries = LEAST;

  int entries() {
    return entries;
  }

  /** Learns how long it took to read and store a batch. */
  void took(int stored, long nanos) {
    if (stored > 0) {
      long inTime = AIM_NANOS * stored / Math.max(1, nanos);
      entries = (int) Math.max(LEAST, Math.min(inTime, Math.min(MOST, entries * 2L)));
    }
  }
}
