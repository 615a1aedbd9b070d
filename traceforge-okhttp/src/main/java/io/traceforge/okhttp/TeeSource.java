package io.traceforge.okhttp;

import io.traceforge.recording.CallRecording;
import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;
import okio.ForwardingSource;
import okio.Okio;
import okio.Source;

/** Passes on what the server sends, copying it, and tells the recording how it ended. */
final class TeeSource extends ForwardingSource {
  private final BufferedSource received;
  private final CallRecording recording;
  private final RecordedCall call;
  private final FailureShield shield;
  private final ByteTap tap;

  /** Reads ahead of the caller, who then has read what it holds no more. */
  private final BufferedSource buffered;

  private boolean ended;

  TeeSource(
      BufferedSource received,
      long expectedSize,
      CallRecording recording,
      RecordedCall call,
      FailureShield shield) {
    super(received);
    this.received = received;
    this.recording = recording;
    this.call = call;
    this.shield = shield;
    this.tap = new ByteTap(recording.beginResponseBody(expectedSize));
    this.buffered = Okio.buffer((Source) this);
    recording.endWhenForgotten(this);
  }

  /** Returns the source that the caller reads. */
  BufferedSource buffered() {
    return buffered;
  }

  @Override
  public long read(Buffer sink, long byteCount) throws IOException {
    long count;
    try {
      count = super.read(sink, byteCount);
    } catch (Throwable failure) { // Kotlin code throws undeclared exceptions too
      end(() -> call.failed(failure));
      throw failure;
    }
    if (!ended) {
      passed(sink, count);
    }
    return count;
  }

  /** Without lambdas, as it is done for each piece of each call. */
  private void passed(Buffer sink, long count) {
    try {
      if (count >= 0) {
        tap.copy(sink, sink.size() - count, count);
      } else {
        ended = true;
        recording.readToEnd();
      }
    } catch (Throwable failure) {
      shield.failed(failure);
    }
  }

  @Override
  public void close() throws IOException {
    if (!ended) {
      long readByCaller = tap.size() - buffered.getBuffer().size();
      boolean whole = EarlyClose.copyRest(received, call.passage(), tap, shield);
      boolean readAll = whole && tap.size() == readByCaller;
      end(readAll ? recording::readToEnd : () -> recording.closed(readByCaller));
    }
    super.close();
  }

  private void end(Runnable how) {
    if (!ended) {
      ended = true;
      shield.run(how);
    }
  }
}
