package io.traceforge.okhttp;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.adapter.ClientCalls;
import java.util.List;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * Makes OkHttp clients record their calls.
 *
 * <p>An instrumented client behaves as before, but for the {@code X-TraceForge-*} headers (see
 * {@link io.traceforge.SessionHeaders}): no byte is delayed or buffered ahead, and no exception
 * comes from here. It shares connections and threads with the client it was made from.
 *
 * <pre>{@code
 * OkHttpClient shared = TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge);
 * try (SessionTracker session = traceForge.startSession()) {
 *   session.run(() -> send(shared, request));
 * }
 * }</pre>
 *
 * <p>A call belongs to the first of these: the session that its own {@code X-TraceForge-*} headers
 * name; a tag of type {@link io.traceforge.SessionContext} or {@link SessionTracker} on the
 * request; the session that the client is bound to; the session current on the thread that made the
 * call; a session made for this call.
 *
 * <p>A client that is instrumented already may be instrumented again: the new one records each call
 * once, as it was told last.
 */
public final class TraceForgeOkHttp {
  private TraceForgeOkHttp() {}

  /**
   * Returns a client that records its calls in one session. For programs with one session at a
   * time, or a client for each session.
   *
   * @throws IllegalArgumentException if the session stands alone, so that nothing records it
   */
  public static OkHttpClient instrument(OkHttpClient client, SessionTracker session) {
    return instrument(client, ClientCalls.traceForgeOf(session), session);
  }

  /** Returns a client that records its calls in whichever session they belong to. */
  public static OkHttpClient instrument(OkHttpClient client, TraceForge traceForge) {
    return instrument(client, traceForge, null);
  }

  /**
   * Returns an interceptor that records calls in one session: for clients that take an interceptor
   * and hide the rest. Prefer {@link #instrument}; the interceptor alone never sends the state.
   *
   * @throws IllegalArgumentException if the session stands alone, so that nothing records it
   */
  public static Interceptor interceptor(SessionTracker session) {
    TraceForge traceForge = ClientCalls.traceForgeOf(session);
    return new TraceForgeInterceptor(traceForge, new CallContexts(traceForge, session), true);
  }

  /**
   * Returns an interceptor that records calls in whichever session they belong to: for clients that
   * take an interceptor and hide the rest. Prefer {@link #instrument}; the interceptor alone never
   * sends the state, and where the client enqueues its calls, it cannot see which session is
   * current on the thread that made them.
   */
  public static Interceptor interceptor(TraceForge traceForge) {
    return new TraceForgeInterceptor(traceForge, new CallContexts(traceForge, null), true);
  }

  private static OkHttpClient instrument(
      OkHttpClient client, TraceForge traceForge, @Nullable SessionTracker session) {
    if (!traceForge.config().enabled()) {
      return client;
    }
    CallContexts contexts = new CallContexts(traceForge, session);
    OkHttpClient.Builder builder = client.newBuilder();
    // A client that is instrumented again records once, as it was told last.
    builder.interceptors().removeIf(TraceForgeInterceptor.class::isInstance);
    builder.networkInterceptors().removeIf(HopInterceptor.class::isInstance);
    boolean aloneOnNetworkSide = builder.networkInterceptors().isEmpty();
    builder
        .interceptors()
        .add(
            placeFor(builder.interceptors()),
            new TraceForgeInterceptor(traceForge, contexts, false));
    return builder
        .addNetworkInterceptor(new HopInterceptor(contexts.shield(), aloneOnNetworkSide))
        .eventListenerFactory(ContextNotingFactory.around(client.eventListenerFactory(), contexts))
        .build();
  }

  /** What is answered from recordings is recorded too: at the end, but before a replay. */
  private static int placeFor(List<Interceptor> interceptors) {
    int place = 0;
    while (place < interceptors.size() && !(interceptors.get(place) instanceof ReplayInterceptor)) {
      place++;
    }
    return place;
  }
}
