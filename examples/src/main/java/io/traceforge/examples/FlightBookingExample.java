package io.traceforge.examples;

import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import okhttp3.OkHttpClient;

/**
 * An agent that books a flight in three steps: it plans, lets the model call a tool, and has the
 * results presented. Begin here.
 */
public final class FlightBookingExample {
  private FlightBookingExample() {}

  /** Books a flight and prints what was recorded. */
  public static void main(String[] args) throws IOException {
    try (Provider provider = Provider.fromEnvironment();
        TraceForge traceForge = TraceForge.fromEnvironment()) {
      System.out.println("Provider: " + provider);
      String sessionId = run(provider, traceForge, System.out);
      Timelines.print(traceForge, sessionId, System.out);
      System.out.println("See it in a browser:");
      System.out.println(Timelines.viewerCommand(sessionId));
    }
  }

  /** Returns the session's id. */
  static String run(Provider provider, TraceForge traceForge, PrintStream out) throws IOException {
    return traceForge.runSession(
        session -> {
          Chat chat = new Chat(TraceForgeOkHttp.instrument(new OkHttpClient(), session), provider);

          session.setState("user_query", "Book a flight to Paris");
          Answer plan = chat.ask("Plan how to book a flight to Paris, one step a line.");
          out.println("Plan: " + Timelines.shorten(plan.text(), 100));

          session.nextStep();
          session.setParentTraceId(plan.traceId());
          Map<String, String> search = Map.of("destination", "Paris", "date", "2027-06-01");
          session.setState("tool_called", "search_flights");
          session.setState("search_params", search);
          Conversation conversation =
              Conversation.asking("Which flights go to Paris on 1 June 2027?")
                  .offer("search_flights", "Searches flights to a city on a day", search);
          Answer asked = chat.ask(conversation);
          conversation.answer(asked);
          int results = 0;
          for (Answer.ToolCall call : asked.toolCalls()) {
            List<String> flights = searchFlights(call.arguments().get("destination").getAsString());
            conversation.toolResult(call, String.join("\n", flights));
            results += flights.size();
          }

          session.nextStep();
          session.setParentTraceId(asked.traceId());
          session.setState("results_count", results);
          Answer presented = chat.ask(conversation);
          out.println("Answer: " + presented.text());
          return session.getSessionId();
        });
  }

  private static List<String> searchFlights(String destination) {
    return List.of(
        "TF 101 to " + destination + ", 07:15, 129 EUR",
        "TF 103 to " + destination + ", 09:40, 149 EUR",
        "TF 105 to " + destination + ", 13:05, 139 EUR",
        "TF 107 to " + destination + ", 17:30, 159 EUR",
        "TF 109 to " + destination + ", 20:55, 119 EUR");
  }
}
