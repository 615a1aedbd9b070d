package io.traceforge.embedded;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.OkHttpClient;

/** A program with a virtual thread for each session. It prints how many calls were stored. */
final class VirtualThreads {
  static final int SESSIONS = 2_000;

  private VirtualThreads() {}

  /** Arguments: storage URL, URL of the provider. */
  public static void main(String[] args) throws Exception {
    ExecutorService threads =
        (ExecutorService) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    try (TraceForge traceForge =
        TraceForge.builder().storage(args[0]).closeTimeout(Duration.ofMinutes(1)).build()) {
      OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge);
      List<Future<?>> sessions = new ArrayList<>();
      for (int number = 0; number < SESSIONS; number++) {
        SessionTracker session = traceForge.newSession("s" + number);
        String mark = session.getSessionId();
        sessions.add(
            threads.submit(
                () -> {
                  session.run(() -> Agent.ask(client, args[1], mark));
                  session.nextStep();
                  session.wrap(threads).submit(() -> Agent.ask(client, args[1], mark)).get();
                  session.end();
                  return null;
                }));
      }
      for (Future<?> session : sessions) {
        session.get();
      }
      traceForge.flush(Duration.ofMinutes(1));
      System.out.println("stored " + traceForge.stats().storedTraces());
      System.out.println("lost " + traceForge.stats().lostTraces());
    }
  }
}
