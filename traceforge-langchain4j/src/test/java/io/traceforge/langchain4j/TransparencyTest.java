package io.traceforge.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.sse.DefaultServerSentEventParser;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventContext;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import io.traceforge.Eventually;
import io.traceforge.adapter.StubServer;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a model and a server see, with recording and without, is the same but for our headers. */
class TransparencyTest extends LangChain4jTestBase {

  /** What a model does with its client, writing down what it sees. */
  interface Caller {
    void call(HttpClient client, HttpRequest.Builder request, List<String> seen) throws Exception;
  }

  private record Exchange(Consumer<StubServer> script, Caller caller, Duration timeout) {}

  static Stream<Named<Exchange>> exchanges() {
    return Stream.of(
        exchange("an answer", server -> server.thenJson(200, Wire.ANSWER), TransparencyTest::send),
        exchange(
            "repeated header fields",
            server -> server.thenJson(201, "{}", "X-One", "1", "x-traceforge-x", "theirs"),
            TransparencyTest::send),
        exchange("nothing", server -> server.thenJson(200, ""), TransparencyTest::send),
        exchange("an error", server -> server.thenJson(404, Wire.INVALID), TransparencyTest::send),
        silence("silence", TransparencyTest::send),
        exchange("no server", StubServer::close, TransparencyTest::send),
        exchange("a form", server -> server.thenJson(200, "{}"), TransparencyTest::form),
        exchange("a wrong address", server -> {}, TransparencyTest::nowhere),
        exchange(
            "a stream", server -> server.thenEvents(Wire.TOOL_STREAM), TransparencyTest::stream),
        exchange(
            "a stream by the shorter method",
            server -> server.thenEvents(Wire.STREAM),
            TransparencyTest::streamWithoutParser),
        exchange(
            "a stream without its last line",
            server -> server.thenEvents(Wire.STREAM.trim()),
            TransparencyTest::stream),
        exchange(
            "a stream that breaks",
            server -> server.thenEventsAndBreak(Wire.BEGINNING),
            TransparencyTest::brokenStream),
        exchange(
            "a stream that is cancelled",
            server -> server.thenEventsAndSilence(Wire.BEGINNING),
            TransparencyTest::cancel),
        exchange(
            "a stream for an error",
            server -> server.thenJson(429, Wire.RATE_LIMIT),
            TransparencyTest::stream),
        silence("a silent stream", TransparencyTest::stream),
        exchange("no server for a stream", StubServer::close, TransparencyTest::stream),
        exchange("a wrong address for a stream", server -> {}, TransparencyTest::streamNowhere),
        exchange(
            "a parser that fails",
            server -> server.thenEvents(Wire.STREAM),
            TransparencyTest::failingParser),
        exchange(
            "a parser that reads a little",
            server -> server.thenEvents(Wire.STREAM),
            TransparencyTest::hastyParser));
  }

  private static Named<Exchange> exchange(String name, Consumer<StubServer> script, Caller caller) {
    return Named.of(name, new Exchange(script, caller, Duration.ofSeconds(20)));
  }

  private static Named<Exchange> silence(String name, Caller caller) {
    Consumer<StubServer> script = server -> server.then(answer -> answer.silence());
    return Named.of(name, new Exchange(script, caller, Duration.ofMillis(300)));
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void recordingIsNotNoticed(Exchange exchange) {
    List<String> without = seen(exchange, JdkHttpClient.builder());
    List<String> with = seen(exchange, recorded());

    assertThat(with).isEqualTo(without).isNotEmpty();
    assertThat(traceForge.stats().internalErrors()).isZero();
    assertThat(onlyTrace().endTime()).isNotNull();
  }

  private static List<String> seen(Exchange exchange, HttpClientBuilder builder) {
    List<String> seen = new CopyOnWriteArrayList<>();
    HttpClient client = builder.readTimeout(exchange.timeout()).build();
    try (StubServer server = new StubServer()) {
      exchange.script().accept(server);
      HttpRequest.Builder request =
          HttpRequest.builder()
              .method(HttpMethod.POST)
              .url(server.url() + "/v1/chat/completions?a=%20b")
              .addHeader("Content-Type", "application/json")
              .addHeader("X-Two", "1", "2")
              .addQueryParam("q", "ü &");
      try {
        exchange.caller().call(client, request, seen);
      } catch (Throwable failure) {
        describe(failure, seen);
      }
      List<String> all = new ArrayList<>(seen);
      server.sent().forEach(sent -> all.add(sent.method() + " " + sent.path() + sent.body()));
      server.sent().forEach(sent -> all.add(describe(sent.headers())));
      return all.stream().map(line -> line.replace(server.url(), "http://server")).toList();
    }
  }

  private static String describe(Map<String, List<String>> headers) {
    TreeMap<String, List<String>> fields = new TreeMap<>(headers);
    fields.keySet().removeIf(TransparencyTest::mayDiffer);
    return fields.toString();
  }

  private static boolean mayDiffer(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return (name.startsWith("x-traceforge-") && !name.equals("x-traceforge-x"))
        || name.equals("date")
        || name.equals("host");
  }

  private static void describe(Throwable failure, List<String> seen) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      seen.add(cause.getClass().getName() + ": " + cause.getMessage());
      if (cause instanceof HttpTimeoutException) {
        return; // what comes beneath depends on the JDK's threads
      }
    }
  }

  private static void send(HttpClient client, HttpRequest.Builder request, List<String> seen) {
    SuccessfulHttpResponse response = client.execute(request.body("{\"model\": \"ü\"}").build());
    seen.add(response.statusCode() + describe(response.headers()) + response.contentType());
    seen.add(new String(response.bodyBytes(), StandardCharsets.UTF_8));
  }

  private static void form(HttpClient client, HttpRequest.Builder request, List<String> seen) {
    SuccessfulHttpResponse response =
        client.execute(
            request
                .addFormDataField("model", "whisper-1")
                .addFormDataFile("file", "a.txt", "text/plain", new byte[] {65, 66})
                .build());
    seen.add(response.body());
  }

  private static void nowhere(HttpClient client, HttpRequest.Builder request, List<String> seen) {
    client.execute(request.url("no address").build());
  }

  private static void streamNowhere(
      HttpClient client, HttpRequest.Builder request, List<String> seen) {
    stream(client, request.url("no address"), seen);
  }

  private static void stream(HttpClient client, HttpRequest.Builder request, List<String> seen) {
    Journal journal = new Journal(seen, false, 1);
    client.execute(request.body("{}").build(), new DefaultServerSentEventParser(), journal);
    Eventually.await(journal.ended);
  }

  /** An error while it is read, and then the close. */
  private static void brokenStream(
      HttpClient client, HttpRequest.Builder request, List<String> seen) {
    Journal journal = new Journal(seen, false, 2);
    client.execute(request.body("{}").build(), new DefaultServerSentEventParser(), journal);
    Eventually.await(journal.ended);
  }

  private static void streamWithoutParser(
      HttpClient client, HttpRequest.Builder request, List<String> seen) {
    Journal journal = new Journal(seen, false, 1);
    client.execute(request.body("{}").build(), journal);
    Eventually.await(journal.ended);
  }

  private static void cancel(HttpClient client, HttpRequest.Builder request, List<String> seen) {
    Journal journal = new Journal(seen, true, 1);
    client.execute(request.body("{}").build(), new DefaultServerSentEventParser(), journal);
    Eventually.await(journal.ended);
  }

  private static void failingParser(
      HttpClient client, HttpRequest.Builder request, List<String> seen) {
    Journal journal = new Journal(seen, false, 1);
    client.execute(
        request.body("{}").build(),
        (body, listener) -> {
          throw new IllegalStateException("no parser of mine");
        },
        journal);
    Eventually.await(journal.ended);
  }

  private static void hastyParser(
      HttpClient client, HttpRequest.Builder request, List<String> seen) {
    Journal journal = new Journal(seen, false, 1);
    client.execute(
        request.body("{}").build(),
        (body, listener) -> {
          try {
            seen.add("first byte " + body.read());
          } catch (java.io.IOException failure) {
            listener.onError(failure);
          }
          listener.onEvent(new ServerSentEvent("own", "event"));
        },
        journal);
    Eventually.await(journal.ended);
  }

  /** Writes down what a listener is told. */
  private static final class Journal implements ServerSentEventListener {
    private final List<String> seen;
    private final boolean cancels;
    final CountDownLatch ended;

    Journal(List<String> seen, boolean cancels, int ends) {
      this.seen = seen;
      this.cancels = cancels;
      this.ended = new CountDownLatch(ends);
    }

    @Override
    public void onOpen(SuccessfulHttpResponse response) {
      seen.add("open " + response.statusCode() + describe(response.headers()) + response.body());
    }

    @Override
    public void onEvent(ServerSentEvent event, ServerSentEventContext context) {
      seen.add("event with context " + event);
      if (cancels) {
        context.parsingHandle().cancel();
        seen.add("cancelled " + context.parsingHandle().isCancelled());
      }
    }

    @Override
    public void onEvent(ServerSentEvent event) {
      seen.add("event " + event);
    }

    @Override
    public void onError(Throwable failure) {
      seen.add("error");
      describe(failure, seen);
      ended.countDown();
    }

    @Override
    public void onClose() {
      seen.add("close");
      ended.countDown();
    }
  }
}
