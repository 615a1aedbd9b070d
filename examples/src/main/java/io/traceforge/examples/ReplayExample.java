package io.traceforge.examples;

import io.traceforge.TraceForge;
import io.traceforge.okhttp.ReplayInterceptor;
import io.traceforge.okhttp.ReplayMissException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Objects;
import okhttp3.OkHttpClient;

/**
 * An answer that is recorded once and replayed without the provider: the way to test an agent
 * without key, network or cost. A question that was never recorded is told, and not sent.
 */
public final class ReplayExample {
  private ReplayExample() {}

  /** Records, replays and asks for what was not recorded. */
  public static void main(String[] args) throws IOException {
    try (Provider provider = Provider.fromEnvironment();
        TraceForge traceForge = TraceForge.fromEnvironment()) {
      System.out.println("Provider: " + provider);
      run(provider, traceForge, System.out);
    }
  }

  /** Returns the id of the session that was recorded. */
  static String run(Provider provider, TraceForge traceForge, PrintStream out) throws IOException {
    String traceId = StreamingExample.run(provider, traceForge, out);
    String sessionId =
        Objects.requireNonNull(traceForge.storage().getTrace(traceId).orElseThrow().sessionId());

    // From here on nothing is sent: the provider may be gone.
    provider.close();
    ReplayInterceptor replay = ReplayInterceptor.ofSession(traceForge.storage(), sessionId);
    OkHttpClient offline = new OkHttpClient.Builder().addInterceptor(replay).build();
    out.print("Replayed: ");
    StreamingExample.stream(offline, provider, out);

    try {
      new Chat(offline, provider).ask("Tell me about Rome in one sentence.");
    } catch (ReplayMissException miss) {
      out.println(miss.getMessage());
    }
    return sessionId;
  }
}
