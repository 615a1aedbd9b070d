package io.traceforge.okhttp;

import io.traceforge.recording.BodyCapture;
import io.traceforge.recording.CallRecording;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;
import okio.BufferedSink;
import okio.ForwardingSink;
import okio.Okio;
import okio.Sink;
import org.jspecify.annotations.Nullable;

/**
 * The caller's request body, copied while OkHttp writes it. OkHttp may write it again, for a 307 or
 * a new connection; each writing begins the capture anew. It asks the caller's body nothing by
 * itself, but notes what OkHttp asks.
 */
final class TeeRequestBody extends RequestBody {
  private final RequestBody callersOwn;
  private final CallRecording recording;
  private final FailureShield shield;
  private long lengthTold = -1;
  private boolean duplex;

  TeeRequestBody(RequestBody callersOwn, CallRecording recording, FailureShield shield) {
    this.callersOwn = callersOwn;
    this.recording = recording;
    this.shield = shield;
  }

  RequestBody callersOwn() {
    return callersOwn;
  }

  @Override
  public @Nullable MediaType contentType() {
    MediaType type = callersOwn.contentType();
    if (type != null) {
      shield.run(() -> recording.requestMediaType(type.toString()));
    }
    return type;
  }

  @Override
  public boolean isDuplex() {
    duplex = callersOwn.isDuplex();
    return duplex;
  }

  @Override
  public long contentLength() throws IOException {
    lengthTold = callersOwn.contentLength();
    return lengthTold;
  }

  @Override
  public boolean isOneShot() {
    return callersOwn.isOneShot();
  }

  @Override
  public void writeTo(BufferedSink sink) throws IOException {
    if (duplex) {
      shield.run(recording::requestSent);
      callersOwn.writeTo(sink); // goes on while the response is read, so it has no end to wait for
    } else {
      writeCopied(sink);
    }
  }

  private void writeCopied(BufferedSink sink) throws IOException {
    // The length is what OkHttp asked for: some bodies have to serialise themselves to know it.
    BufferedSink tee = Okio.buffer(new TeeSink(sink, recording.beginRequestBody(lengthTold)));
    callersOwn.writeTo(tee);
    if (tee.isOpen()) {
      tee.emit();
    }
    try {
      recording.requestSent();
    } catch (Throwable failure) {
      shield.failed(failure);
    }
  }

  private final class TeeSink extends ForwardingSink {
    private final ByteTap tap;

    TeeSink(Sink sink, BodyCapture capture) {
      super(sink);
      this.tap = new ByteTap(capture);
    }

    @Override
    public void write(Buffer source, long byteCount) throws IOException {
      try {
        tap.copy(source, 0, byteCount);
      } catch (Throwable failure) {
        shield.failed(failure);
      }
      super.write(source, byteCount);
    }
  }
}
