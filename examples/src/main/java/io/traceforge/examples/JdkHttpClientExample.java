package io.traceforge.examples;

import io.traceforge.SessionTracker;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;

/**
 * A client that is not OkHttp, and no TraceForge in the process: a tracker that stands alone makes
 * the headers. Nothing is recorded here; a TraceForge proxy at the other end would do that.
 */
public final class JdkHttpClientExample {
  private final Provider provider;
  private final HttpClient client = HttpClient.newHttpClient();

  private JdkHttpClientExample(Provider provider) {
    this.provider = provider;
  }

  /** Makes two calls and prints the headers that told of the session. */
  public static void main(String[] args) throws IOException, InterruptedException {
    try (Provider provider = Provider.fromEnvironment()) {
      System.out.println("Provider: " + provider);
      run(provider, System.out);
    }
  }

  /** Returns the session's id. */
  static String run(Provider provider, PrintStream out) throws IOException, InterruptedException {
    JdkHttpClientExample example = new JdkHttpClientExample(provider);
    try (SessionTracker session = new SessionTracker()) {
      session.setState("user_query", "Où est Paris ?");
      out.println("Sent: " + session.getHeaders());
      out.println(example.send("Où est Paris ?", session.getHeaders()));

      session.nextStep();
      out.println("Sent: " + session.getHeaders());
      out.println(example.send("Thank you", session.getHeaders()));
      return session.getSessionId();
    }
  }

  private String send(String question, Map<String, String> sessionHeaders)
      throws IOException, InterruptedException {
    String body = Conversation.asking(question).toJson(provider.model()).toString();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(provider.baseUrl() + "/chat/completions"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    sessionHeaders.forEach(request::header);
    String authorization = provider.authorization();
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString()).body();
  }
}
