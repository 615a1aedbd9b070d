package io.traceforge.examples;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A company's own model server, whose wire format TraceForge does not know by itself. */
final class AnswerServer implements AutoCloseable {
  private static final String ANSWER =
      """
      {"answer": "Paris.", "model": "house-1", "why": "done", "tokens": {"in": 9, "out": 2}}""";
  private static final String STREAM =
      """
      data: {"model": "house-1"}

      data: {"piece": "Par"}

      data: {"piece": "is."}

      data: {"why": "done", "tokens": {"in": 9, "out": 2}}

      """;

  private final HttpServer server;

  private AnswerServer(HttpServer server) {
    this.server = server;
  }

  static AnswerServer start() {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/answer", AnswerServer::answer);
      server.start();
      return new AnswerServer(server);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/answer";
  }

  private static void answer(HttpExchange exchange) throws IOException {
    String asked = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    boolean streamed = asked.contains("\"stream\": true");
    byte[] body = (streamed ? STREAM : ANSWER).getBytes(StandardCharsets.UTF_8);
    String mediaType = streamed ? "text/event-stream" : "application/json";
    exchange.getResponseHeaders().set("Content-Type", mediaType);
    exchange.sendResponseHeaders(200, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
