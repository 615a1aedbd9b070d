package io.traceforge.recording;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The bounded queue between callers and the writer. Adding takes no lock and wakes nobody: waking a
 * parked thread would cost the caller more than the rest of the recording.
 */
final class EntryQueue {
  /** So many ends find room beside what is in the queue, however short it was made. */
  private static final int UPDATES = 10_000;

  private final Queue<QueueEntry> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final int capacity;
  private final Duration blockTimeout;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition room = lock.newCondition();
  private volatile boolean closed;

  /** A queue that waits for room as long as the options say, or not at all. */
  EntryQueue(RecorderOptions options) {
    this.capacity = options.queueCapacity();
    this.blockTimeout =
        options.overflowPolicy() == OverflowPolicy.BLOCK ? options.blockTimeout() : Duration.ZERO;
  }

  /**
   * Adds an entry, or returns false if there is no room for it. A session's end is small, but tells
   * more than one call: it finds room in a full queue. A call's start, which its end tells once
   * more, finds room in a queue that is half empty.
   *
   * @param mayWait false for the thread that makes room; what it adds finds room, too
   */
  boolean add(QueueEntry entry, boolean mayWait) {
    long limit = limit(entry, mayWait);
    if (!reserve(limit) && !(mayWait && awaitRoom(limit))) {
      return false;
    }
    entries.add(entry);
    return true;
  }

  private long limit(QueueEntry entry, boolean mayWait) {
    if (!mayWait || entry instanceof QueuedUpdate) {
      return (long) capacity + Math.max(capacity, UPDATES);
    }
    boolean mayGiveWay = blockTimeout.isZero() && entry instanceof QueuedCall call && !call.isEnd();
    return mayGiveWay ? (capacity + 1) / 2 : capacity;
  }

  @Nullable QueueEntry poll() {
    QueueEntry entry = entries.poll();
    if (entry != null) {
      size.decrementAndGet();
    }
    if (entry instanceof QueuedCall call) {
      call.take();
    }
    return entry;
  }

  int size() {
    return size.get();
  }

  /** Lets go whoever waits for room: nobody will make any. */
  void close() {
    closed = true;
    signalRoom();
  }

  boolean isClosed() {
    return closed;
  }

  /** Lets callers that wait for room look again. */
  void signalRoom() {
    if (!blockTimeout.isZero()) {
      lock.lock();
      try {
        room.signalAll();
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean reserve(long limit) {
    if (size.incrementAndGet() <= limit) {
      return true;
    }
    size.decrementAndGet();
    return false;
  }

  private boolean awaitRoom(long limit) {
    long left = blockTimeout.toNanos();
    if (left == 0) {
      return false;
    }
    lock.lock();
    try {
      while (left > 0 && !closed) {
        if (reserve(limit)) {
          return true;
        }
        left = room.awaitNanos(left);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } finally {
      lock.unlock();
    }
  }
}
