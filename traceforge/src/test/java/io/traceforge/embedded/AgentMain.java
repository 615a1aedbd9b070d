package io.traceforge.embedded;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** An agent that never gets to its end: its last call is never answered. */
final class AgentMain {
  static final String SESSION = "agent-1";
  static final String HANGING = "/hang/chat/completions";

  private AgentMain() {}

  static String question(int step) {
    return "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\",\"content\":\"" + step + "\"}]}";
  }

  /**
   * Runs.
   *
   * @param args storage URL, base URL of the provider, number of calls that are answered
   */
  public static void main(String[] args) throws IOException {
    TraceForge traceForge = TraceForge.open(args[0]);
    SessionTracker session = traceForge.newSession(SESSION);
    OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
    for (int step = 0; step < Integer.parseInt(args[2]); step++) {
      ask(client, args[1] + "/chat/completions", step);
      session.nextStep();
    }
    ask(client, args[1] + HANGING, session.getCurrentStep());
  }

  private static void ask(OkHttpClient client, String url, int step) throws IOException {
    RequestBody body = RequestBody.create(question(step), MediaType.get("application/json"));
    Request request = new Request.Builder().url(url).post(body).build();
    try (Response response = client.newCall(request).execute()) {
      System.out.println(response.body().string());
    }
  }
}
