package io.traceforge.recording;

/**
 * What a recorder has done so far.
 *
 * @param storedTraces how many calls were stored with their end
 * @param lostTraces how many calls were lost, wholly or in their end
 * @param queuedEntries how many entries wait for the writer now
 * @param bufferedBytes how many bytes captures and queue hold now
 * @param cutBodies how many bodies were not kept whole, though short enough, because {@code
 *     maxBufferedBytes} of others waited to be stored
 * @param storageFailures how often the storage backend threw
 * @param internalErrors how often TraceForge itself failed, which no caller sees
 */
public record RecorderStats(
    long storedTraces,
    long lostTraces,
    int queuedEntries,
    long bufferedBytes,
    long cutBodies,
    long storageFailures,
    long internalErrors) {}
