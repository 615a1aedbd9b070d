package io.traceforge.recording;

import com.google.auto.value.AutoValue;

/** What a recorder has done so far. Immutable: ask again for newer figures. */
@AutoValue
public abstract class RecorderStats {
  RecorderStats() {}

  static RecorderStats of(
      long storedTraces,
      long lostTraces,
      long lostUpdates,
      int queuedEntries,
      long bufferedBytes,
      long cutBodies,
      long storageFailures,
      long internalErrors) {
    return new AutoValue_RecorderStats(
        storedTraces,
        lostTraces,
        lostUpdates,
        queuedEntries,
        bufferedBytes,
        cutBodies,
        storageFailures,
        internalErrors);
  }

  /** Returns how many calls were stored with their end. */
  public abstract long storedTraces();

  /**
   * Returns how many calls were lost, wholly or in their end; after a close that ran out of time
   * also those that the storage backend holds up, until they are stored after all.
   */
  public abstract long lostTraces();

  /**
   * Returns how many facts about sessions were lost, such as that one has ended: it stays in
   * progress until it has been silent for its timeout.
   */
  public abstract long lostUpdates();

  /** Returns how many entries wait for the writer now. */
  public abstract int queuedEntries();

  /** Returns how many bytes captures and queue hold now. */
  public abstract long bufferedBytes();

  /**
   * Returns how many bodies were not kept whole, though short enough, because {@code
   * maxBufferedBytes} of others waited to be stored.
   */
  public abstract long cutBodies();

  /** Returns how often the storage backend threw. */
  public abstract long storageFailures();

  /** Returns how often TraceForge itself failed, which no caller sees. */
  public abstract long internalErrors();
}
