package io.traceforge.examples;

import io.traceforge.TraceForge;
import io.traceforge.pricing.PriceBook;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceResponse;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what was recorded: the newest sessions, then one of them step by step. */
public final class QuerySessionsExample {
  private static final int SHOWN = 300;

  private QuerySessionsExample() {}

  /** Prints the newest sessions; records one first if there is none. */
  public static void main(String[] args) throws IOException {
    try (TraceForge traceForge = TraceForge.fromEnvironment()) {
      if (traceForge.storage().listSessions().isEmpty()) {
        try (Provider provider = Provider.fromEnvironment()) {
          System.out.println("Nothing is recorded yet. Provider: " + provider);
          FlightBookingExample.run(provider, traceForge, System.out);
        }
      }
      run(traceForge.storage(), System.out);
      System.out.println("Read from " + Timelines.storageUrl());
    }
  }

  static void run(StorageBackend storage, PrintStream out) {
    List<SessionMetadata> newest = storage.listSessions(SessionQuery.all().withLimit(10)).items();
    newest.forEach(session -> out.println(Timelines.summary(session)));
    if (!newest.isEmpty()) {
      show(storage, newest.get(0).sessionId(), out);
    }
  }

  private static void show(StorageBackend storage, String sessionId, PrintStream out) {
    SessionMetadata metadata = storage.getSessionMetadata(sessionId).orElseThrow();
    out.println();
    out.println("Session has " + metadata.totalSteps() + " steps");
    out.println("Total tokens: " + metadata.totalTokens());
    out.println("Duration: " + metadata.durationMs() + " ms");
    out.println("Status: " + metadata.status());
    out.println("Cost: " + PriceBook.standard().costOf(storage, sessionId));
    out.println("Models: " + String.join(", ", metadata.modelsUsed()));
    out.println();
    out.print(Timelines.draw(storage.getTimeline(sessionId).orElseThrow()));
    storage.listTracesBySession(sessionId).forEach(trace -> replay(trace, out));
  }

  private static void replay(Trace trace, PrintStream out) {
    TraceResponse response = trace.response();
    out.println();
    out.println("Step " + trace.stepIndex() + ":");
    out.println("  Model:    " + trace.metadata().model());
    out.println("  Duration: " + trace.metadata().durationMs() + " ms");
    out.println("  State:    " + trace.stateSnapshot());
    out.println("  Request:  " + text(trace.request().body()));
    out.println("  Response: " + (response == null ? "none" : text(response.answerBody())));
  }

  private static String text(@Nullable TraceBody body) {
    return body == null ? "no body" : Timelines.shorten(body.text(), SHOWN);
  }
}
