package io.traceforge.okhttp;

import io.traceforge.recording.BodyCapture;
import okio.Buffer;

/**
 * Copies bytes out of a buffer without touching it, from Okio's arrays straight into ours: Okio's
 * own copy would share its segments, and a shared segment cannot be reused by the caller.
 */
final class ByteTap {
  private final BodyCapture capture;
  private final Buffer.UnsafeCursor cursor = new Buffer.UnsafeCursor();
  private int first;
  private int last;

  ByteTap(BodyCapture capture) {
    this.capture = capture;
  }

  void copy(Buffer buffer, long offset, long byteCount) {
    try (Buffer.UnsafeCursor at = buffer.readUnsafe(cursor)) {
      long left = byteCount;
      int available = left > 0 ? at.seek(offset) : 0;
      while (left > 0 && available > 0) {
        int count = (int) Math.min(available, left);
        capture.append(at.data, at.start, count);
        noteEnds(at.data, at.start, at.start + count);
        left -= count;
        available = left > 0 ? at.next() : 0;
      }
    }
    capture.arrived();
  }

  long size() {
    return capture.size();
  }

  /** Returns whether what has passed begins and ends as one JSON document does. */
  boolean mayBeWholeJson() {
    return (first == '{' && last == '}') || (first == '[' && last == ']');
  }

  private void noteEnds(byte[] bytes, int start, int end) {
    int from = start;
    while (from < end && bytes[from] <= ' ') {
      from++;
    }
    int to = end;
    while (to > from && bytes[to - 1] <= ' ') {
      to--;
    }
    if (from < to) {
      first = first == 0 ? bytes[from] : first;
      last = bytes[to - 1];
    }
  }
}
