package io.traceforge.langchain4j;

import dev.langchain4j.http.client.HttpClientBuilder;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.adapter.ClientCalls;

/**
 * Makes LangChain4j's models record their calls, over whichever HTTP client: what it returns goes
 * to {@code httpClientBuilder(...)} of a model's builder.
 *
 * <p>The model behaves as before, but for the {@code X-TraceForge-*} headers (see {@link
 * io.traceforge.SessionHeaders}): no event is delayed, and no exception comes from here. Each
 * attempt of a call is a trace of its own.
 *
 * <p>A call belongs to the first of these: the session that its own {@code X-TraceForge-*} headers
 * name; the session that the builder is bound to; the session current on the thread that made the
 * call; a session made for this call.
 *
 * <p>Requests carry the session's ids. They carry the state only if every host may have it, since
 * an HTTP client may follow redirects by itself.
 */
public final class TraceForgeLangChain4j {
  private TraceForgeLangChain4j() {}

  /**
   * Returns a builder of HTTP clients that record their calls in one session. Settings go to the
   * builder it was made from.
   *
   * @throws IllegalArgumentException if the session stands alone, so that nothing records it
   */
  public static HttpClientBuilder instrument(HttpClientBuilder builder, SessionTracker session) {
    return instrument(builder, ClientCalls.of(session));
  }

  /**
   * Returns a builder of HTTP clients that record their calls in whichever session they belong to.
   * Settings go to the builder it was made from.
   */
  public static HttpClientBuilder instrument(HttpClientBuilder builder, TraceForge traceForge) {
    return instrument(builder, ClientCalls.of(traceForge));
  }

  private static HttpClientBuilder instrument(HttpClientBuilder builder, ClientCalls calls) {
    return calls.enabled() ? RecordingHttpClientBuilder.over(builder, calls) : builder;
  }
}
