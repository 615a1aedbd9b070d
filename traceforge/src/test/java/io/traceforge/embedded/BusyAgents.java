package io.traceforge.embedded;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import okhttp3.OkHttpClient;

/**
 * A program with some agents, each with a session of its own, that go on until they are killed. For
 * each call it prints {@code begin}, session, mark and time; and once the caller has the answer,
 * {@code end}, session, mark and time. Between them stand {@code beat} and a number, one for each
 * {@link #BEAT} in which the program ran: a machine may stop it for longer than that.
 */
final class BusyAgents {
  static final Duration BEAT = Duration.ofMillis(50);

  private static final int AGENTS = 4;

  /** What is asked for all the time leaves the writer no processor on a busy machine. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(40);

  private final TraceForge traceForge;
  private final String baseUrl;
  private final OkHttpClient client = new OkHttpClient();

  private BusyAgents(TraceForge traceForge, String baseUrl) {
    this.traceForge = traceForge;
    this.baseUrl = baseUrl;
  }

  /** Arguments: storage URL, base URL of the provider, the beginning of the sessions' names. */
  public static void main(String[] args) throws IOException {
    BusyAgents agents = new BusyAgents(TraceForge.open(args[0]), args[1]);
    agents.getReady();
    for (int agent = 0; agent < AGENTS; agent++) {
      String kind = agent % 2 == 0 ? "json" : "events/3";
      agents.start(args[2] + "-busy-" + agent, session -> agents.goOn(session, kind));
    }
    for (String kind : new String[] {"hang", "stall"}) {
      agents.start(args[2] + "-" + kind, session -> agents.ask(session, kind, "0"));
    }
    beat();
  }

  private static void beat() {
    for (int beats = 1; ; beats++) {
      long until = System.nanoTime() + BEAT.toNanos();
      while (System.nanoTime() - until < 0) {
        LockSupport.parkNanos(until - System.nanoTime());
      }
      tell("beat", "-", Integer.toString(beats));
    }
  }

  /** A JVM that has just started may take a second to load its classes on a busy machine. */
  private void getReady() throws IOException {
    for (String kind : new String[] {"json", "events/3"}) {
      Agent.ask(TraceForgeOkHttp.instrument(client, traceForge), urlOf(kind), "first");
    }
    traceForge.flush(Duration.ofSeconds(30));
  }

  private String urlOf(String kind) {
    return baseUrl.replace("KIND", kind);
  }

  private interface Work {
    void accept(SessionTracker session) throws IOException;
  }

  private void start(String sessionId, Work work) {
    Runnable agent =
        () -> {
          try {
            work.accept(traceForge.newSession(sessionId));
          } catch (IOException e) {
            System.out.println("broken " + sessionId + " " + e);
          }
        };
    new Thread(agent, sessionId).start();
  }

  private void goOn(SessionTracker session, String kind) throws IOException {
    while (true) {
      ask(session, kind, Integer.toString(session.getCurrentStep()));
      session.nextStep();
      LockSupport.parkNanos(PAUSE_NANOS); // an agent does something between calls
    }
  }

  private void ask(SessionTracker session, String kind, String mark) throws IOException {
    tell("begin", session.getSessionId(), mark);
    OkHttpClient bound = TraceForgeOkHttp.instrument(client, session);
    Agent.ask(bound, urlOf(kind), mark);
    tell("end", session.getSessionId(), mark);
  }

  private static void tell(String what, String sessionId, String mark) {
    System.out.println(what + " " + sessionId + " " + mark + " " + System.currentTimeMillis());
  }
}
