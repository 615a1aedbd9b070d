package io.traceforge.anthropic;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.core.ClientOptions;
import com.anthropic.core.http.Interceptor;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.adapter.ClientCalls;
import java.util.function.Consumer;

/**
 * Makes Anthropic's clients record their calls.
 *
 * <p>An instrumented client behaves as before, but for the {@code X-TraceForge-*} headers (see
 * {@link io.traceforge.SessionHeaders}): no byte is delayed or buffered ahead, and no exception
 * comes from here. It shares connections and threads with the client it was made from. Each attempt
 * of a call is a trace of its own.
 *
 * <p>A call belongs to the first of these: the session that its own {@code X-TraceForge-*} headers
 * name; the session that the client is bound to; the session current on the thread that made the
 * call; a session made for this call.
 *
 * <p>Requests carry the session's ids. They carry the state only if every host may have it, since
 * the client follows redirects by itself.
 */
public final class TraceForgeAnthropic {
  private TraceForgeAnthropic() {}

  /**
   * Returns a client that records its calls in one session.
   *
   * @throws IllegalArgumentException if the session stands alone, so that nothing records it
   */
  public static AnthropicClient instrument(AnthropicClient client, SessionTracker session) {
    return instrument(client, ClientCalls.of(session));
  }

  /** Returns a client that records its calls in whichever session they belong to. */
  public static AnthropicClient instrument(AnthropicClient client, TraceForge traceForge) {
    return instrument(client, ClientCalls.of(traceForge));
  }

  /**
   * Returns a client that records its calls in one session.
   *
   * @throws IllegalArgumentException if the session stands alone, so that nothing records it
   */
  public static AnthropicClientAsync instrument(
      AnthropicClientAsync client, SessionTracker session) {
    return instrument(client, ClientCalls.of(session));
  }

  /** Returns a client that records its calls in whichever session they belong to. */
  public static AnthropicClientAsync instrument(
      AnthropicClientAsync client, TraceForge traceForge) {
    return instrument(client, ClientCalls.of(traceForge));
  }

  /**
   * Returns an interceptor that records calls in one session, to be added to a client's builder.
   * Add it last: then it sees what other interceptors send. Prefer {@code instrument}: with the
   * interceptor alone, an asynchronous call takes the session's step and state on one of the
   * client's threads, a little after it was made.
   *
   * @throws IllegalArgumentException if the session stands alone, so that nothing records it
   */
  public static Interceptor interceptor(SessionTracker session) {
    return new RecordingInterceptor(ClientCalls.of(session), null);
  }

  /**
   * Returns an interceptor that records calls in whichever session they belong to, to be added to a
   * client's builder. Add it last: then it sees what other interceptors send. Prefer {@code
   * instrument}: with the interceptor alone, an asynchronous call is made on one of the client's
   * threads, where the session that is current on the caller's thread cannot be seen.
   */
  public static Interceptor interceptor(TraceForge traceForge) {
    return new RecordingInterceptor(ClientCalls.of(traceForge), null);
  }

  private static AnthropicClient instrument(AnthropicClient client, ClientCalls calls) {
    return calls.enabled() ? client.withOptions(recording(calls)) : client;
  }

  private static AnthropicClientAsync instrument(AnthropicClientAsync client, ClientCalls calls) {
    return calls.enabled() ? client.withOptions(recording(calls)) : client;
  }

  private static Consumer<ClientOptions.Builder> recording(ClientCalls calls) {
    return options -> {
      // A builder does not tell its executor; what it builds does.
      CallersPlace place = CallersPlace.over(options.build().completionExecutor(), calls);
      options.completionExecutor(place).addInterceptor(new RecordingInterceptor(calls, place));
    };
  }
}
