package io.traceforge.recording;

import io.traceforge.internal.body.BodyBytes;
import io.traceforge.trace.TraceBody;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a body's bytes as they pass by, in arrays of its own. Past the limit, or without budget
 * for more, it keeps the first and the last bytes and counts the rest. It never throws.
 *
 * <p>Safe for use by many threads, though the bytes of a body pass on one at a time.
 */
public final class BodyCapture {
  private static final int FIRST_SEGMENT = 512;
  private static final int LARGEST_SEGMENT = 64 << 10;

  /** Of a size that is not known: as the last segment stays empty in part, no larger. */
  private static final int LARGEST_GUESS = 8 << 10;

  /** Several even of a small body, as a full tail forgets one whole segment at a time. */
  private static final int SEGMENTS_AT_LEAST = 8;

  /** Most bodies have none. */
  private static final Deque<Segment> NO_TAIL = new ArrayDeque<>(0);

  private final int limit;
  private final ByteBudget budget;
  private final @Nullable ArrivalTimes arrivals;
  private final int largestSegment;
  private final List<Segment> head = new ArrayList<>(1);
  private Deque<Segment> tail = NO_TAIL;
  private @Nullable Segment current;
  private int nextSegmentSize;
  private long allocated;
  private long size;
  private boolean gap;
  private boolean cutForWant;
  private boolean sealed;

  BodyCapture(int limit, ByteBudget budget, @Nullable ArrivalTimes arrivals, long expectedSize) {
    this.limit = limit;
    this.budget = budget;
    this.arrivals = arrivals;
    this.largestSegment = Math.max(1, Math.min(LARGEST_SEGMENT, limit / SEGMENTS_AT_LEAST));
    this.nextSegmentSize = (int) Math.min(Math.max(FIRST_SEGMENT, expectedSize), largestSegment);
  }

  /** Takes note of a piece of the body. */
  public synchronized void append(byte[] source, int offset, int length) {
    if (sealed) {
      return;
    }
    size += length;
    int from = offset;
    int end = offset + length;
    while (from < end) {
      Segment segment = segmentWithRoom();
      if (segment == null) {
        return;
      }
      from += segment.fill(source, from, end - from);
    }
  }

  /** Takes note that the pieces appended since the last such note came together. */
  public synchronized void arrived() {
    if (!sealed && arrivals != null) {
      arrivals.add(size);
    }
  }

  /** Returns the body's size so far in bytes, kept or not. */
  public synchronized long size() {
    return size;
  }

  /** Ends the capture: what comes later is not part of it. */
  synchronized void seal() {
    sealed = true;
  }

  /** Gives the budget back; the capture may be read no more. */
  synchronized void release() {
    sealed = true;
    budget.release(allocated);
    allocated = 0;
    head.clear();
    tail = NO_TAIL;
    current = null;
  }

  synchronized TraceBody toBody(@Nullable String mediaType) {
    int headLength = head.stream().mapToInt(segment -> segment.length).sum();
    int tailLength = tail.stream().mapToInt(segment -> segment.length).sum();
    byte[] kept = new byte[headLength + tailLength];
    int at = 0;
    for (Segment segment : head) {
      at = segment.copyTo(kept, at);
    }
    for (Segment segment : tail) {
      at = segment.copyTo(kept, at);
    }
    return kept.length == size
        ? BodyBytes.own(kept, mediaType)
        : TraceBody.truncated(kept, headLength, size, mediaType);
  }

  /** Returns when which part had come, or null if nobody asked to know. */
  synchronized @Nullable ArrivalTimes arrivals() {
    return arrivals;
  }

  private @Nullable Segment segmentWithRoom() {
    if (current == null || current.isFull()) {
      current = mayGrow() ? newSegment() : recycledSegment();
    }
    return current;
  }

  private boolean mayGrow() {
    nextSegmentSize = (int) Math.min(nextSegmentSize, limit - allocated);
    if (nextSegmentSize > 0 && budget.tryAcquire(nextSegmentSize)) {
      return true;
    }
    if (nextSegmentSize > 0 && !cutForWant) {
      cutForWant = true;
      budget.cutBody();
    }
    return false;
  }

  private Segment newSegment() {
    Segment segment = new Segment(nextSegmentSize);
    boolean inHead = !gap && tail.isEmpty() && allocated < (limit + 1) / 2;
    allocated += nextSegmentSize;
    nextSegmentSize = Math.min(nextSegmentSize * 2, Math.min(LARGEST_GUESS, largestSegment));
    if (inHead) {
      head.add(segment);
    } else {
      addToTail(segment);
    }
    return segment;
  }

  /** Makes room by forgetting the oldest bytes that are not the first ones. */
  private @Nullable Segment recycledSegment() {
    gap = true;
    if (tail.isEmpty() && head.size() > 1) {
      addToTail(head.remove(head.size() - 1));
    }
    Segment oldest = tail.poll();
    if (oldest != null) {
      oldest.length = 0;
      tail.add(oldest);
    }
    return oldest;
  }

  private void addToTail(Segment segment) {
    if (tail == NO_TAIL) {
      tail = new ArrayDeque<>();
    }
    tail.add(segment);
  }

  private static final class Segment {
    final byte[] bytes;
    int length;

    Segment(int capacity) {
      bytes = new byte[capacity];
    }

    boolean isFull() {
      return length == bytes.length;
    }

    int fill(byte[] source, int offset, int available) {
      int count = Math.min(available, bytes.length - length);
      System.arraycopy(source, offset, bytes, length, count);
      length += count;
      return count;
    }

    int copyTo(byte[] target, int at) {
      System.arraycopy(bytes, 0, target, at, length);
      return at + length;
    }
  }
}
