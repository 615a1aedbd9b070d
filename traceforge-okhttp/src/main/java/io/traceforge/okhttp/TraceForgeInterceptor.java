package io.traceforge.okhttp;

import io.traceforge.SessionContext;
import io.traceforge.TraceForge;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** Records each call that passes. Made by {@link TraceForgeOkHttp}. */
final class TraceForgeInterceptor implements Interceptor {
  private final TraceForge traceForge;
  private final CallContexts contexts;
  private final FailureShield shield;
  private final boolean alone;

  /**
   * Makes an interceptor.
   *
   * @param alone whether there is no {@link HopInterceptor} in the same client
   */
  TraceForgeInterceptor(TraceForge traceForge, CallContexts contexts, boolean alone) {
    this.traceForge = traceForge;
    this.contexts = contexts;
    this.shield = contexts.shield();
    this.alone = alone;
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    RecordedCall recorded = begin(chain);
    if (recorded == null) {
      return chain.proceed(chain.request());
    }
    Response response;
    try {
      response = chain.proceed(recorded.request());
    } catch (Throwable failure) { // Kotlin code throws undeclared exceptions too
      recorded.failed(failure);
      throw failure;
    } finally {
      recorded.over();
    }
    return recorded.received(response);
  }

  private @Nullable RecordedCall begin(Chain chain) {
    try {
      CallNote note = CallNote.of(chain.call());
      if (note.underWay() != null || !traceForge.config().enabled()) {
        return null;
      }
      Request request = chain.request();
      SessionContext context = contexts.contextOf(request, note);
      boolean onNetworkSide = !alone && !isWebSocket(request);
      return RecordedCall.begin(
          traceForge, contexts, chain.call(), request, context, note, onNetworkSide);
    } catch (Throwable failure) {
      shield.failed(failure);
      return null;
    }
  }

  /** OkHttp runs no network interceptors for web sockets. */
  private static boolean isWebSocket(Request request) {
    return "websocket".equalsIgnoreCase(request.header("Upgrade"));
  }
}
