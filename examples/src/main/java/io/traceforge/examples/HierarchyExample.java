package io.traceforge.examples;

import io.traceforge.SessionHeaders;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import okhttp3.OkHttpClient;
import okhttp3.Response;

/**
 * A main agent that hands part of its work to a sub-agent. The sub-agent has a session of its own,
 * whose traces name the main agent's trace as their parent.
 */
public final class HierarchyExample {
  private HierarchyExample() {}

  /** The sessions of main agent and sub-agent. */
  record Sessions(String main, String child) {}

  /** Lets both agents work and prints what was recorded. */
  public static void main(String[] args) throws IOException {
    try (Provider provider = Provider.fromEnvironment();
        TraceForge traceForge = TraceForge.fromEnvironment()) {
      System.out.println("Provider: " + provider);
      Sessions sessions = run(provider, traceForge, System.out);
      Timelines.print(traceForge, sessions.main(), System.out);
      for (String id : List.of(sessions.main(), sessions.child())) {
        for (Trace trace : traceForge.storage().listTracesBySession(id)) {
          String parent = Objects.toString(trace.parentTraceId(), "no other trace");
          System.out.println(trace.id() + " was made for " + parent);
        }
      }
    }
  }

  static Sessions run(Provider provider, TraceForge traceForge, PrintStream out)
      throws IOException {
    try (SessionTracker session = traceForge.startSession()) {
      OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
      String parentTraceId;
      try (Response response =
          client
              .newCall(provider.request(Conversation.asking("Who can find a hotel?")))
              .execute()) {
        out.println(Answer.read(response).text());
        out.println("Next step: " + response.header(SessionHeaders.NEXT_STEP));
        parentTraceId = Objects.requireNonNull(response.header(SessionHeaders.TRACE_ID));
      }

      String childId = findHotel(session.newChildSession(parentTraceId), provider, out);

      session.nextStep();
      session.setParentTraceId(parentTraceId);
      session.setState("hotel_session", childId);
      out.println(new Chat(client, provider).ask("Confirm the hotel").text());
      return new Sessions(session.getSessionId(), childId);
    }
  }

  private static String findHotel(SessionTracker session, Provider provider, PrintStream out)
      throws IOException {
    try (session) {
      Chat chat = new Chat(TraceForgeOkHttp.instrument(new OkHttpClient(), session), provider);
      out.println(chat.ask("Which hotels are there?").text());
      session.nextStep();
      out.println(chat.ask("Which of them is quiet?").text());
      return session.getSessionId();
    }
  }
}
