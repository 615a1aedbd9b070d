package io.traceforge.okhttp;

import io.traceforge.recording.CallRecording;
import java.util.Objects;
import okhttp3.MediaType;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.BufferedSource;
import org.jspecify.annotations.Nullable;

/** The server's response body, copied while the caller reads it. */
final class TeeResponseBody extends ResponseBody {
  private final ResponseBody received;
  private final BufferedSource source;

  TeeResponseBody(
      Response response, CallRecording recording, RecordedCall call, FailureShield shield) {
    this.received = Objects.requireNonNull(response.body());
    TeeSource tee =
        new TeeSource(received.source(), received.contentLength(), recording, call, shield);
    this.source = tee.buffered();
  }

  @Override
  public @Nullable MediaType contentType() {
    return received.contentType();
  }

  @Override
  public long contentLength() {
    return received.contentLength();
  }

  @Override
  public BufferedSource source() {
    return source;
  }

  @Override
  public void close() {
    super.close();
    received.close();
  }
}
