package io.traceforge.adapter;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.traceforge.Eventually;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A server on loopback for the tests of adapters: it answers each call as the next script says, and
 * keeps what it was sent.
 */
public final class StubServer implements AutoCloseable {
  /** Says what the server does with one call. */
  public interface Script {
    void answer(Answer answer) throws IOException;
  }

  /** What the server was sent. */
  public record Sent(String method, String path, Map<String, List<String>> headers, String body) {
    /** Returns the last value of a header field, or null. */
    public String header(String name) {
      return headers.entrySet().stream()
          .filter(field -> field.getKey().equalsIgnoreCase(name))
          .map(field -> field.getValue().get(field.getValue().size() - 1))
          .findFirst()
          .orElse(null);
    }
  }

  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final List<Sent> sent = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool(StubServer::daemon);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final HttpServer server;

  public StubServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException noPort) {
      throw new IllegalStateException(noPort);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "stub-server");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns the server's address, without a slash at its end. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Says what to do with the next call that has no script yet. */
  public StubServer then(Script script) {
    scripts.add(script);
    return this;
  }

  /** Answers with one JSON document. Header fields are alternating names and values. */
  public StubServer thenJson(int status, String body, String... headers) {
    return then(answer -> answer.headers(headers).json(status, body));
  }

  /** Answers with a stream of events, in one piece. */
  public StubServer thenEvents(String events) {
    return then(answer -> answer.startEvents().send(events).end());
  }

  /** Answers with the beginning of a stream of events, and breaks the connection. */
  public StubServer thenEventsAndBreak(String events) {
    return then(answer -> answer.startEvents().send(events).breakConnection());
  }

  /** Answers with the beginning of a stream of events, and never goes on. */
  public StubServer thenEventsAndSilence(String events) {
    return then(answer -> answer.startEvents().send(events).silence());
  }

  /** Returns what was sent so far. */
  public List<Sent> sent() {
    return sent;
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    sent.add(
        new Sent(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            body));
    Script script = scripts.poll();
    if (script == null) {
      exchange.sendResponseHeaders(404, -1);
    } else {
      Answer answer = new Answer(exchange);
      script.answer(answer);
      if (answer.broken) {
        throw new IOException("breaks the connection");
      }
    }
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  /** One answer, as it is given. */
  public final class Answer {
    private final HttpExchange exchange;
    private boolean broken;

    private Answer(HttpExchange exchange) {
      this.exchange = exchange;
    }

    /** Sets header fields, given as alternating names and values. */
    public Answer headers(String... namesAndValues) {
      for (int i = 0; i < namesAndValues.length; i += 2) {
        exchange.getResponseHeaders().set(namesAndValues[i], namesAndValues[i + 1]);
      }
      return this;
    }

    /** Sends a whole document with its length. */
    public void json(int status, String body) throws IOException {
      headers("Content-Type", "application/json");
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().close();
    }

    /** Sends the head of a stream. */
    public Answer startEvents() throws IOException {
      headers("Content-Type", "text/event-stream; charset=utf-8");
      exchange.sendResponseHeaders(200, 0);
      return this;
    }

    /** Sends a piece of a stream. */
    public Answer send(String piece) throws IOException {
      OutputStream body = exchange.getResponseBody();
      body.write(piece.getBytes(StandardCharsets.UTF_8));
      body.flush();
      return this;
    }

    /** Ends a stream in good order. */
    public void end() throws IOException {
      exchange.getResponseBody().close();
    }

    /** Waits for a latch, or for the test's end. */
    public Answer await(CountDownLatch latch) {
      Eventually.waitUntil(
          "the script goes on", () -> latch.getCount() == 0 || closed.getCount() == 0);
      return this;
    }

    /** Says nothing more until the test's end. */
    public void silence() {
      Eventually.await(closed);
    }

    /** Breaks the connection when the script is over. */
    public void breakConnection() {
      broken = true;
    }
  }
}
