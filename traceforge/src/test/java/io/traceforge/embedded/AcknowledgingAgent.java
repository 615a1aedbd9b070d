package io.traceforge.embedded;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.time.Duration;
import okhttp3.OkHttpClient;

/** Makes calls until it is killed, and prints the trace's id of each once a flush was whole. */
final class AcknowledgingAgent {
  private AcknowledgingAgent() {}

  /** Arguments: storage URL, URL of the provider, session. */
  public static void main(String[] args) throws Exception {
    TraceForge traceForge = TraceForge.open(args[0]);
    SessionTracker session = traceForge.newSession(args[2]);
    OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
    while (true) {
      String id = Agent.ask(client, args[1], "x").traceId();
      if (traceForge.flush(Duration.ofSeconds(30))) {
        System.out.println(id);
      }
      session.nextStep();
    }
  }
}
