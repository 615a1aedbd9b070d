package io.traceforge.examples;

import io.traceforge.SessionHeaders;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.IOException;
import java.io.PrintStream;
import java.util.UUID;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * A session without a {@code SessionTracker}: the program keeps the session's id and the step, and
 * writes the headers itself. What stands on a request counts before anything else.
 */
public final class ManualHeadersExample {
  private ManualHeadersExample() {}

  /** Makes two calls and prints what was recorded. */
  public static void main(String[] args) throws IOException {
    try (Provider provider = Provider.fromEnvironment();
        TraceForge traceForge = TraceForge.fromEnvironment()) {
      System.out.println("Provider: " + provider);
      String sessionId = run(provider, traceForge, System.out);
      Timelines.print(traceForge, sessionId, System.out);
    }
  }

  /** Returns the session's id. */
  static String run(Provider provider, TraceForge traceForge, PrintStream out) throws IOException {
    OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge);
    String sessionId = UUID.randomUUID().toString();

    Request first =
        provider
            .request(Conversation.asking("Hello"))
            .newBuilder()
            .header(SessionHeaders.SESSION_ID, sessionId)
            .header(SessionHeaders.STEP_INDEX, "0")
            .header(SessionHeaders.STATE, "{\"user_query\":\"Hello\"}")
            .build();
    String nextStep;
    try (Response response = client.newCall(first).execute()) {
      out.println(Answer.read(response).text());
      nextStep = response.header(SessionHeaders.NEXT_STEP, "1");
    }

    Request second =
        provider
            .request(Conversation.asking("Use the tool's result"))
            .newBuilder()
            .header(SessionHeaders.SESSION_ID, sessionId)
            .header(SessionHeaders.STEP_INDEX, nextStep)
            .header(SessionHeaders.STATE, "{\"tool_result\":\"data\"}")
            .build();
    try (Response response = client.newCall(second).execute()) {
      out.println(Answer.read(response).text());
    }
    return sessionId;
  }
}
