package io.traceforge.adapter;

import io.traceforge.recording.BodyCapture;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Passes on a response's body as the caller reads it, copies it, and tells how it ended: read to
 * its end, closed before, or failed. It reads nothing by itself. As with any stream, one thread
 * reads; another one may close.
 */
final class RecordedInputStream extends InputStream {
  private final InputStream server;
  private final BodyCapture capture;
  private final ClientCall call;

  /** Kept, so that it is not forgotten while its body is read. */
  @SuppressWarnings({"unused", "UnusedVariable"})
  private final @Nullable Object owner;

  private long position;
  private long markedAt;

  RecordedInputStream(
      InputStream server, BodyCapture capture, ClientCall call, @Nullable Object owner) {
    this.server = server;
    this.capture = capture;
    this.call = call;
    this.owner = owner;
  }

  @Override
  public int read() throws IOException {
    int oneByte;
    try {
      oneByte = server.read();
    } catch (Throwable failure) { // Kotlin code throws undeclared exceptions too
      call.failed(failure);
      throw failure;
    }
    if (oneByte < 0) {
      call.readToEnd();
    } else {
      passed(new byte[] {(byte) oneByte}, 0, 1);
    }
    return oneByte;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count;
    try {
      count = server.read(target, offset, length);
    } catch (Throwable failure) {
      toldUnlessArgument(failure);
      throw failure;
    }
    if (count < 0) {
      call.readToEnd();
    } else {
      passed(target, offset, count);
    }
    return count;
  }

  /** A caller's wrong argument is no end of the stream. */
  private void toldUnlessArgument(Throwable failure) {
    if (!(failure instanceof IndexOutOfBoundsException
        || failure instanceof NullPointerException)) {
      call.failed(failure);
    }
  }

  private void passed(byte[] bytes, int offset, int count) {
    try {
      position += count;
      int fresh = (int) Math.min(count, position - capture.size());
      if (fresh > 0) { // else read again after a reset
        capture.append(bytes, offset + count - fresh, fresh);
        capture.arrived();
      }
    } catch (Throwable failure) {
      call.internalError(failure);
    }
  }

  @Override
  public int available() throws IOException {
    return server.available();
  }

  @Override
  public void close() throws IOException {
    call.closed();
    server.close();
  }

  @Override
  public boolean markSupported() {
    return server.markSupported();
  }

  @Override
  public synchronized void mark(int readLimit) {
    markedAt = position;
    server.mark(readLimit);
  }

  @Override
  public synchronized void reset() throws IOException {
    server.reset();
    position = markedAt;
  }
}
