package io.traceforge.adapter;

import io.traceforge.recording.BodyCapture;
import java.io.IOException;
import java.io.OutputStream;

/** Passes on a request's body as the client writes it, and copies it. */
final class RecordedOutputStream extends OutputStream {
  private final OutputStream server;
  private final BodyCapture capture;
  private final ClientCall call;

  RecordedOutputStream(OutputStream server, BodyCapture capture, ClientCall call) {
    this.server = server;
    this.capture = capture;
    this.call = call;
  }

  @Override
  public void write(int oneByte) throws IOException {
    copy(new byte[] {(byte) oneByte}, 0, 1);
    server.write(oneByte);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    copy(bytes, offset, length);
    server.write(bytes, offset, length);
  }

  private void copy(byte[] bytes, int offset, int length) {
    try {
      capture.append(bytes, offset, length);
    } catch (Throwable failure) {
      call.internalError(failure);
    }
  }

  @Override
  public void flush() throws IOException {
    server.flush();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
