package io.traceforge.anthropic;

import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponse;
import io.traceforge.adapter.ClientCall;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The server's response, its body copied while the caller reads it. */
final class RecordedHttpResponse implements HttpResponse {
  private final HttpResponse received;
  private final ClientCall call;
  private final Headers headers;
  private @Nullable InputStream server;
  private @Nullable InputStream callers;

  RecordedHttpResponse(HttpResponse received, ClientCall call) {
    this.received = received;
    this.call = call;
    Headers.Builder builder = received.headers().toBuilder();
    call.responseHeaders().forEach(builder::replace);
    this.headers = builder.build();
  }

  @Override
  public int statusCode() {
    return received.statusCode();
  }

  @Override
  public Headers headers() {
    return headers;
  }

  @Override
  public Optional<String> requestId() {
    return received.requestId();
  }

  @Override
  public Optional<String> workspaceId() {
    return received.workspaceId();
  }

  /** A response that was read into memory gives a stream at each call; the first one counts. */
  @Override
  public synchronized InputStream body() {
    InputStream body = received.body();
    if (callers == null) {
      server = body;
      callers = call.responseBody(body, Conversions.contentLength(headers), this);
    }
    return body == server ? callers : body;
  }

  @Override
  public void close() {
    call.closed();
    received.close();
  }
}
