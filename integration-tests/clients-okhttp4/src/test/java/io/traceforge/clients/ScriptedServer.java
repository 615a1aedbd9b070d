package io.traceforge.clients;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Gives the answers it was told, in order, and notes what it was asked. Knows no OkHttp. */
public final class ScriptedServer implements AutoCloseable {
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final List<SentRequest> requests = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  /** Starts a server on a free port of this machine. */
  public ScriptedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(threads);
    server.start();
  }

  /** Adds answers to the script. */
  public void answers(Answer... more) {
    answers.addAll(List.of(more));
  }

  /** Returns where the server is, without a slash at the end. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Returns what was asked, in order. */
  public List<SentRequest> requests() {
    return List.copyOf(requests);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      requests.add(SentRequest.of(exchange));
      Answer answer = answers.poll();
      send(exchange, answer == null ? Answer.error(500, "the script is at its end") : answer);
    }
  }

  private void send(HttpExchange exchange, Answer answer) throws IOException {
    answer.headers().forEach(exchange.getResponseHeaders()::set);
    exchange.sendResponseHeaders(answer.status(), 0);
    OutputStream body = exchange.getResponseBody();
    for (String piece : answer.pieces()) {
      body.write(piece.getBytes(StandardCharsets.UTF_8));
      body.flush();
    }
    if (answer.neverEnds()) {
      awaitClose();
    }
  }

  private void awaitClose() {
    try {
      closing.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
