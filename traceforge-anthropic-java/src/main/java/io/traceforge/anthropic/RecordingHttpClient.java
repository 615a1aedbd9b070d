package io.traceforge.anthropic;

import com.anthropic.core.RequestOptions;
import com.anthropic.core.http.HttpClient;
import com.anthropic.core.http.HttpRequest;
import com.anthropic.core.http.HttpResponse;
import io.traceforge.SessionContext;
import io.traceforge.adapter.ClientCall;
import io.traceforge.adapter.ClientCalls;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Records each attempt of a call that passes. */
final class RecordingHttpClient implements HttpClient {
  private final HttpClient next;
  private final ClientCalls calls;
  private final @Nullable CallersPlace place;
  private final Attempts attempts = new Attempts();

  RecordingHttpClient(HttpClient next, ClientCalls calls, @Nullable CallersPlace place) {
    this.next = next;
    this.calls = calls;
    this.place = place;
  }

  @Override
  public HttpResponse execute(HttpRequest request, RequestOptions options) {
    RecordedCall recorded = begin(request, options);
    if (recorded == null) {
      return next.execute(request, options);
    }
    HttpResponse response;
    try {
      response = next.execute(recorded.request(), options);
    } catch (Throwable failure) { // Kotlin code throws undeclared exceptions too
      recorded.failed(failure);
      throw failure;
    }
    return recorded.received(response);
  }

  @Override
  public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
    RecordedCall recorded = begin(request, options);
    if (recorded == null) {
      return next.executeAsync(request, options);
    }
    CompletableFuture<HttpResponse> response;
    try {
      response = next.executeAsync(recorded.request(), options);
    } catch (Throwable failure) {
      recorded.failed(failure);
      throw failure;
    }
    return handedOn(response, recorded);
  }

  /** Returns a future for the caller that ends as the client's does; its cancel is handed on. */
  @SuppressWarnings("FutureReturnValueIgnored") // of the callbacks, which do not throw
  private static CompletableFuture<HttpResponse> handedOn(
      CompletableFuture<HttpResponse> clients, RecordedCall recorded) {
    CompletableFuture<HttpResponse> callers = new CompletableFuture<>();
    clients.whenComplete((response, failure) -> handOn(response, failure, recorded, callers));
    callers.whenComplete(
        (response, failure) -> {
          if (callers.isCancelled()) {
            recorded.failed(failure);
            clients.cancel(true);
          }
        });
    return callers;
  }

  private static void handOn(
      @Nullable HttpResponse response,
      @Nullable Throwable failure,
      RecordedCall recorded,
      CompletableFuture<HttpResponse> callers) {
    if (response == null) {
      recorded.failed(failure);
      callers.completeExceptionally(failure);
      return;
    }
    HttpResponse received = recorded.received(response);
    if (!callers.complete(received)) {
      received.close(); // cancelled meanwhile: nobody else will
    }
  }

  private @Nullable RecordedCall begin(HttpRequest request, RequestOptions options) {
    try {
      ClientCall call =
          calls.begin(
              name -> Conversions.header(request.headers(), name), whereMade(request, options));
      if (call == null) {
        return null;
      }
      attempts.note(options, call.context());
      return new RecordedCall(calls, call, request);
    } catch (Throwable failure) {
      calls.failed(failure);
      return null;
    }
  }

  /** Returns null if the call is made here and now. */
  private @Nullable SessionContext whereMade(HttpRequest request, RequestOptions options) {
    SessionContext taken = CallersPlace.take(calls);
    if (Attempts.isRepeated(request)) {
      return attempts.placeOf(options);
    }
    return taken == null && calls.currentContext() == null ? attempts.placeOf(options) : taken;
  }

  @Override
  public void close() {
    next.close();
    if (place != null) {
      place.close();
    }
  }
}
