package io.traceforge.okhttp;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import okio.Buffer;
import okio.BufferedSource;
import okio.GzipSource;
import okio.RealBufferedSource;
import okio.Timeout;
import org.jspecify.annotations.Nullable;

/** Copies what the caller leaves unread of a response, before OkHttp throws it away. */
final class EarlyClose {
  private static final long OKHTTPS_OWN_BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long PIECE_BYTES = 8192;

  private final BufferedSource received;
  private final ByteTap tap;

  private EarlyClose(BufferedSource received, ByteTap tap) {
    this.received = received;
    this.tap = tap;
  }

  /**
   * Copies the rest as far as OkHttp would read it; returns whether the end was seen. Never throws.
   *
   * @param passage beneath the decompression, or null if there is none
   */
  static boolean copyRest(
      BufferedSource received, @Nullable Passage passage, ByteTap tap, FailureShield shield) {
    try {
      return received.isOpen() && new EarlyClose(received, tap).copy(passage);
    } catch (IOException slowOrGone) {
      return false;
    } catch (Throwable failure) {
      shield.failed(failure);
      return false;
    }
  }

  private boolean copy(@Nullable Passage passage) throws IOException {
    if (passage != null && isDecompressed()) {
      passage.openRemainder();
      return withinBound(this::copyToEnd);
    }
    if (isReplayed()) {
      return withinBound(this::copyToEnd); // as the recorded one was
    }
    Remainder remainder = Remainder.beneath(received);
    if (remainder != null) {
      return withinBound(() -> copy(remainder));
    }
    // Somebody else's body may block on a read where its close would not.
    tap.copy(received.getBuffer(), 0, received.getBuffer().size());
    return false;
  }

  private boolean isDecompressed() {
    return received instanceof RealBufferedSource buffered && buffered.source instanceof GzipSource;
  }

  private boolean isReplayed() {
    return received instanceof RealBufferedSource buffered
        && buffered.source instanceof ReplayedBody;
  }

  private interface Copying {
    boolean run() throws IOException;
  }

  private boolean withinBound(Copying copying) throws IOException {
    Timeout timeout = received.timeout();
    boolean hadDeadline = timeout.hasDeadline();
    long deadline = hadDeadline ? timeout.deadlineNanoTime() : 0;
    long bound = System.nanoTime() + OKHTTPS_OWN_BOUND_NANOS;
    timeout.deadlineNanoTime(hadDeadline ? Math.min(deadline, bound) : bound);
    try {
      return copying.run();
    } finally {
      if (hadDeadline) {
        timeout.deadlineNanoTime(deadline);
      } else {
        timeout.clearDeadline();
      }
    }
  }

  private boolean copyToEnd() throws IOException {
    Buffer passing = new Buffer();
    long count;
    while ((count = received.read(passing, PIECE_BYTES)) >= 0) {
      take(passing, count);
    }
    return true;
  }

  private boolean copy(Remainder remainder) throws IOException {
    Buffer passing = new Buffer();
    while (remainder.mayBeRead()) {
      long count = remainder.read(passing, PIECE_BYTES);
      if (count < 0) {
        return true;
      }
      take(passing, count);
    }
    return false;
  }

  private void take(Buffer passing, long count) {
    tap.copy(passing, 0, count);
    passing.clear();
  }
}
