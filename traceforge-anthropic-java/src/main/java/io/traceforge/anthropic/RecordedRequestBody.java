package io.traceforge.anthropic;

import com.anthropic.core.http.HttpRequestBody;
import io.traceforge.adapter.ClientCall;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The caller's request body, copied while the client writes it. It asks the caller's body nothing
 * by itself, but notes what the client asks.
 */
final class RecordedRequestBody implements HttpRequestBody {
  private final HttpRequestBody callers;
  private final ClientCall call;
  private long lengthTold = -1;

  RecordedRequestBody(HttpRequestBody callers, ClientCall call) {
    this.callers = callers;
    this.call = call;
  }

  @Override
  public void writeTo(OutputStream server) {
    // The length is what the client asked for: some bodies have to serialise themselves to know it.
    callers.writeTo(call.requestBody(server, lengthTold));
    call.requestSent();
  }

  @Override
  public @Nullable String contentType() {
    String type = callers.contentType();
    if (type != null) {
      call.requestMediaType(type);
    }
    return type;
  }

  @Override
  public long contentLength() {
    lengthTold = callers.contentLength();
    return lengthTold;
  }

  @Override
  public boolean repeatable() {
    return callers.repeatable();
  }

  /** Reading is not sending: nothing is copied here. */
  @Override
  public <T> T json(Class<T> type) {
    return callers.json(type);
  }

  @Override
  public HttpRequestBody buffered() {
    HttpRequestBody buffered = callers.buffered();
    return buffered == callers ? this : new RecordedRequestBody(buffered, call);
  }

  @Override
  public void close() {
    callers.close();
  }
}
