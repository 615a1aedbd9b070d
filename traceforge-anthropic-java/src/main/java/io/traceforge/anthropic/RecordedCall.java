package io.traceforge.anthropic;

import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.errors.AnthropicIoException;
import io.traceforge.adapter.ClientCall;
import io.traceforge.adapter.ClientCalls;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** One attempt under way: the request as we send it on, and what becomes of it. */
final class RecordedCall {
  private final ClientCalls calls;
  private final ClientCall call;
  private final HttpRequest request;

  RecordedCall(ClientCalls calls, ClientCall call, HttpRequest original) {
    this.calls = calls;
    this.call = call;
    this.request = outgoing(original);
    // The media type is told by the body, when the transport asks for it.
    call.request(
        original.method().name(), original.url(), Conversions.headers(original.headers()), null);
    if (original.body().isEmpty()) {
      call.requestSent();
    }
  }

  private HttpRequest outgoing(HttpRequest original) {
    HttpRequest.Builder builder = original.toBuilder();
    call.requestHeaders().forEach(builder::replaceHeaders);
    original.body().ifPresent(body -> builder.body(new RecordedRequestBody(body, call)));
    return builder.build();
  }

  /** Returns the request to send on. */
  HttpRequest request() {
    return request;
  }

  void failed(@Nullable Throwable failure) {
    Throwable cause = cause(failure);
    if (cause instanceof CancellationException) {
      call.cancelled();
    } else if (cause != null) {
      call.failed(cause);
    }
  }

  /** What went wrong, without what the client and its futures have put around it. */
  private static @Nullable Throwable cause(@Nullable Throwable failure) {
    Throwable cause = failure;
    while (cause instanceof CompletionException && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause instanceof AnthropicIoException && cause.getCause() instanceof IOException io
        ? io
        : cause;
  }

  /** Returns the response for the caller: as received, its body copied, our headers added. */
  HttpResponse received(HttpResponse response) {
    try {
      call.response(response.statusCode(), Conversions.headers(response.headers()));
      RecordedHttpResponse recorded = new RecordedHttpResponse(response, call);
      if (Conversions.hasNoBody(request, response)) {
        call.readToEnd();
      } else {
        call.endWhenForgotten(recorded);
      }
      return recorded;
    } catch (Throwable failure) {
      calls.failed(failure);
      call.closed();
      return response;
    }
  }
}
