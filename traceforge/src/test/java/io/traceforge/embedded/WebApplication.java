package io.traceforge.embedded;

import io.traceforge.SessionScope;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.util.concurrent.ExecutorService;
import java.util.function.BiFunction;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * An application in a container, that records calls on the container's threads and closes what it
 * opened. Loaded by a class loader of its own; what it is given comes from the container.
 */
public final class WebApplication implements BiFunction<String[], Object[], Integer> {
  /** Takes storage URL and provider's URL, the container's client and threads; returns traces. */
  @Override
  public Integer apply(String[] urls, Object[] containers) {
    try (TraceForge traceForge = TraceForge.open(urls[0])) {
      OkHttpClient client = TraceForgeOkHttp.instrument((OkHttpClient) containers[0], traceForge);
      ExecutorService threads = (ExecutorService) containers[1];
      SessionTracker session = traceForge.startSession();
      threads.submit(() -> askWithScopes(client, session, urls[1])).get();
      // The last on this thread: whoever asks for the current session later would clear it away.
      session.wrap(threads).submit(() -> Agent.ask(client, urls[1], "wrapped")).get();
      forget(client, urls[1]);
      return traceForge.storage().listTracesBySession(session.getSessionId()).size();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object askWithScopes(OkHttpClient client, SessionTracker session, String url)
      throws Exception {
    SessionScope outer = session.makeCurrent();
    SessionScope inner = session.makeCurrent();
    Agent.ask(client, url, "in a scope");
    outer.close();
    inner.close();
    return Agent.ask(client, url, "after it");
  }

  /** A response that is never closed must not hold what recorded it. */
  private static void forget(OkHttpClient client, String url) throws Exception {
    Response forgotten = client.newCall(Agent.request(url, "forgotten")).execute();
    forgotten.code();
  }
}
