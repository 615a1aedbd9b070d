package io.traceforge.embedded;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.recording.RecorderStats;
import okhttp3.OkHttpClient;

/** Makes calls until it is killed, and prints after each what became of the recording so far. */
final class ReportingAgent {
  private ReportingAgent() {}

  /** Arguments: storage URL, URL of the provider, session. */
  public static void main(String[] args) throws Exception {
    TraceForge traceForge = TraceForge.builder().storage(args[0]).queueCapacity(40).build();
    SessionTracker session = traceForge.newSession(args[2]);
    OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
    while (true) {
      long bytes = Agent.ask(client, args[1], "x").bytes();
      RecorderStats stats = traceForge.stats();
      System.out.println(
          bytes
              + " "
              + stats.storedTraces()
              + " "
              + stats.storageFailures()
              + " "
              + stats.lostTraces());
    }
  }
}
