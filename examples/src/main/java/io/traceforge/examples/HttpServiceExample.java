package io.traceforge.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.OkHttpClient;

/**
 * A small HTTP service with one instrumented client for all its users. Each user's chat is a
 * session; the service says which one is current while it works for a user.
 */
public final class HttpServiceExample implements AutoCloseable {
  private final TraceForge traceForge;
  private final Chat chat;
  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(4);
  private final Map<String, SessionTracker> sessions = new ConcurrentHashMap<>();

  private HttpServiceExample(Provider provider, TraceForge traceForge, HttpServer server) {
    this.traceForge = traceForge;
    this.chat = new Chat(TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge), provider);
    this.server = server;
  }

  /** Starts the service, plays three of its users and prints what was recorded. */
  public static void main(String[] args) throws IOException {
    try (Provider provider = Provider.fromEnvironment();
        TraceForge traceForge = TraceForge.fromEnvironment()) {
      System.out.println("Provider: " + provider);
      for (String sessionId : run(provider, traceForge, System.out)) {
        Timelines.print(traceForge, sessionId, System.out);
      }
    }
  }

  /** Returns the ids of the users' sessions. */
  static List<String> run(Provider provider, TraceForge traceForge, PrintStream out)
      throws IOException {
    try (HttpServiceExample service = start(provider, traceForge)) {
      HttpClient user = HttpClient.newHttpClient();
      for (String question : List.of("Where is it warm?", "And cheap?")) {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
        for (String name : List.of("ada", "grace", "linus")) {
          HttpRequest request =
              HttpRequest.newBuilder(URI.create(service.url() + "/chat/" + name))
                  .POST(HttpRequest.BodyPublishers.ofString(question))
                  .build();
          answers.add(user.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
        }
        answers.forEach(answer -> out.println(answer.join().body()));
      }
      return service.sessions.values().stream().map(SessionTracker::getSessionId).toList();
    }
  }

  private static HttpServiceExample start(Provider provider, TraceForge traceForge)
      throws IOException {
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    HttpServer server = HttpServer.create(anyPort, 0);
    HttpServiceExample service = new HttpServiceExample(provider, traceForge, server);
    server.setExecutor(service.threads);
    server.createContext("/chat/", service::handle);
    server.start();
    return service;
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String user = exchange.getRequestURI().getPath().substring("/chat/".length());
      String question =
          new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      SessionTracker session = sessions.computeIfAbsent(user, name -> traceForge.startSession());
      byte[] answer = answer(session, user, question).getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(200, answer.length);
      exchange.getResponseBody().write(answer);
    }
  }

  /** Nothing in here or below has to pass the session on: it is current on this thread. */
  private String answer(SessionTracker session, String user, String question) throws IOException {
    return session.call(
        () -> {
          session.setState("user", user);
          String answer = chat.ask(question).text();
          session.nextStep();
          return answer;
        });
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    sessions.values().forEach(SessionTracker::end);
  }
}
