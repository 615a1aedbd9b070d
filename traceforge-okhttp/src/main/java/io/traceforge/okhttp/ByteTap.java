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
        left -= count;
        available = left > 0 ? at.next() : 0;
      }
    }
    capture.arrived();
  }

  long size() {
    return capture.size();
  }
}
