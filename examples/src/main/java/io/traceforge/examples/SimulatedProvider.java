package io.traceforge.examples;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server on this machine that speaks OpenAI's chat completions, as JSON or as a stream. There is
 * no model behind it: a script answers, and every answer says so, in its {@code model}, its {@code
 * system_fingerprint}, its text and the response header {@code X-Simulated-Provider}.
 */
public final class SimulatedProvider implements AutoCloseable {
  /** The only model there is. */
  public static final String MODEL = "simulated-model";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Duration pace;
  private final AtomicInteger answers = new AtomicInteger();
  private final List<Map<String, String>> sessionHeaders = new CopyOnWriteArrayList<>();

  private SimulatedProvider(HttpServer server, ExecutorService threads, Duration pace) {
    this.server = server;
    this.threads = threads;
    this.pace = pace;
  }

  /** Starts a provider that answers and streams at once. */
  public static SimulatedProvider start() {
    return start(Duration.ZERO);
  }

  /**
   * Starts a provider.
   *
   * @param pace how long it waits before each piece of a stream
   */
  public static SimulatedProvider start(Duration pace) {
    // Otherwise the JDK's server makes clients wait 40 ms between head and body.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    try {
      InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      HttpServer server = HttpServer.create(anyPort, 0);
      ExecutorService threads = Executors.newCachedThreadPool();
      SimulatedProvider provider = new SimulatedProvider(server, threads, pace);
      server.setExecutor(threads);
      server.createContext("/", provider::handle);
      server.start();
      return provider;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the URL to which {@code /chat/completions} is to be added. */
  public String baseUrl() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Returns, for each request so far, the TraceForge headers with which it came. */
  public List<Map<String, String>> sessionHeaders() {
    return List.copyOf(sessionHeaders);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      exchange.getResponseHeaders().set("X-Simulated-Provider", "true");
      if (!exchange.getRequestURI().getPath().equals("/v1/chat/completions")) {
        sendError(exchange, 404, "there is nothing but /v1/chat/completions");
        return;
      }
      sessionHeaders.add(sessionHeadersOf(exchange));
      answer(exchange, body);
    }
  }

  private void answer(HttpExchange exchange, byte[] body) throws IOException {
    JsonObject request;
    ScriptedAnswer answer;
    try {
      request = JsonParser.parseString(new String(body, StandardCharsets.UTF_8)).getAsJsonObject();
      answer = ScriptedAnswer.to(request, "chatcmpl-simulated-" + answers.incrementAndGet());
    } catch (JsonParseException | IllegalStateException | NullPointerException malformed) {
      sendError(exchange, 400, "not a chat request: " + malformed);
      return;
    }
    if (request.has("stream") && request.get("stream").getAsBoolean()) {
      stream(exchange, answer);
    } else {
      send(exchange, 200, answer.completion());
    }
  }

  private void stream(HttpExchange exchange, ScriptedAnswer answer) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
    exchange.sendResponseHeaders(200, 0);
    OutputStream out = exchange.getResponseBody();
    for (JsonObject chunk : answer.chunks()) {
      pause();
      sendEvent(out, chunk.toString());
    }
    sendEvent(out, "[DONE]");
  }

  private static void sendEvent(OutputStream out, String data) throws IOException {
    out.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    out.flush();
  }

  private void pause() {
    try {
      TimeUnit.NANOSECONDS.sleep(pace.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void sendError(HttpExchange exchange, int status, String message)
      throws IOException {
    JsonObject error = new JsonObject();
    error.addProperty("message", "[simulated] " + message);
    error.addProperty("type", "invalid_request_error");
    JsonObject body = new JsonObject();
    body.add("error", error);
    send(exchange, status, body);
  }

  private static void send(HttpExchange exchange, int status, JsonObject json) throws IOException {
    byte[] body = json.toString().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static Map<String, String> sessionHeadersOf(HttpExchange exchange) {
    Map<String, String> found = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) -> {
              if (name.toLowerCase(Locale.ROOT).startsWith("x-traceforge-")) {
                found.put(name, values.get(0));
              }
            });
    return found;
  }
}
