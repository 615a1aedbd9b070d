package io.traceforge.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.core.http.Headers;
import com.anthropic.core.http.HttpResponse;
import com.anthropic.core.http.HttpResponseFor;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.models.files.FileUploadParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.traceforge.adapter.StubServer;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a caller and a server see, with recording and without, is the same but for our headers. */
class TransparencyTest extends AnthropicTestBase {

  /** What a caller does, writing down what it sees. */
  interface Caller {
    void call(AnthropicClient client, AnthropicClientAsync async, List<String> seen)
        throws Exception;
  }

  private record Exchange(Consumer<StubServer> script, Caller caller) {}

  static Stream<Named<Exchange>> exchanges() {
    return Stream.of(
        exchange(
            "a message", server -> server.thenJson(200, Wire.ANSWER), TransparencyTest::create),
        exchange("raw bytes", server -> server.thenJson(200, Wire.ANSWER), TransparencyTest::raw),
        exchange(
            "bytes read into memory, twice",
            server -> server.thenJson(200, Wire.ANSWER),
            TransparencyTest::buffered),
        exchange("nonsense", server -> server.thenJson(200, "{\"id\":"), TransparencyTest::create),
        exchange("nothing", server -> server.thenJson(200, ""), TransparencyTest::create),
        exchange(
            "an error", server -> server.thenJson(400, Wire.INVALID), TransparencyTest::create),
        exchange(
            "an error that is no JSON",
            server -> server.thenJson(502, "<html>bad gateway</html>", "X-Should-Retry", "false"),
            TransparencyTest::create),
        exchange(
            "attempts",
            server ->
                server
                    .thenJson(429, Wire.RATE_LIMIT, "Retry-After-Ms", "1")
                    .thenJson(200, Wire.ANSWER),
            TransparencyTest::create),
        exchange(
            "a stream", server -> server.thenEvents(Wire.TOOL_STREAM), TransparencyTest::stream),
        exchange(
            "a stream that breaks",
            server -> server.thenEventsAndBreak(Wire.BEGINNING),
            TransparencyTest::stream),
        exchange(
            "a stream with an error",
            server -> server.thenEvents(Wire.FAILING_STREAM),
            TransparencyTest::stream),
        exchange(
            "a stream left early",
            server -> server.thenEventsAndSilence(Wire.BEGINNING),
            TransparencyTest::beginning),
        exchange(
            "a stream for an error",
            server -> server.thenJson(400, Wire.INVALID),
            TransparencyTest::stream),
        exchange(
            "a later message",
            server -> server.thenJson(200, Wire.ANSWER),
            TransparencyTest::later),
        exchange(
            "a later error", server -> server.thenJson(400, Wire.INVALID), TransparencyTest::later),
        exchange(
            "a later stream",
            server -> server.thenEvents(Wire.STREAM),
            TransparencyTest::laterStream),
        exchange(
            "a body that can be sent once only",
            server -> server.thenJson(500, Wire.INVALID).thenJson(200, Wire.ANSWER),
            TransparencyTest::upload),
        exchange(
            "a body that can be sent once only, and a redirect",
            server ->
                server
                    .then(answer -> answer.headers("Location", "/there").json(307, Wire.INVALID))
                    .thenJson(200, Wire.ANSWER),
            TransparencyTest::upload),
        exchange("no server", StubServer::close, TransparencyTest::create));
  }

  private static Named<Exchange> exchange(String name, Consumer<StubServer> script, Caller caller) {
    return Named.of(name, new Exchange(script, caller));
  }

  @ParameterizedTest
  @MethodSource("exchanges")
  void recordingIsNotNoticed(Exchange exchange) throws Exception {
    List<String> without = seen(exchange, plain, plainAsync);
    List<String> with = seen(exchange, client, async);

    assertThat(with).isEqualTo(without).isNotEmpty();
    assertThat(traceForge.stats().internalErrors()).isZero();
    assertThat(traces()).isNotEmpty();
  }

  private static List<String> seen(
      Exchange exchange, AnthropicClient client, AnthropicClientAsync async) {
    List<String> seen = new ArrayList<>();
    try (StubServer server = new StubServer()) {
      exchange.script().accept(server);
      try {
        exchange
            .caller()
            .call(
                client.withOptions(options -> options.baseUrl(server.url())),
                async.withOptions(options -> options.baseUrl(server.url())),
                seen);
      } catch (Throwable failure) {
        describe(failure, seen);
      }
      server.sent().forEach(sent -> seen.add(describe(sent)));
      return seen.stream().map(line -> line.replace(server.url(), "http://server")).toList();
    }
  }

  private static String describe(StubServer.Sent sent) {
    TreeMap<String, List<String>> headers = new TreeMap<>(sent.headers());
    headers.keySet().removeIf(TransparencyTest::mayDiffer);
    String line = sent.method() + " " + sent.path() + " " + headers + " " + sent.body();
    return line.replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "boundary"); // a form's is random
  }

  private static boolean mayDiffer(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.startsWith("x-traceforge-") || name.equals("date") || name.equals("host");
  }

  private static void describe(Throwable failure, List<String> seen) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String message = String.valueOf(cause.getMessage()).replaceAll("127.0.0.1:\\d+", "server");
      seen.add(cause.getClass().getName() + ": " + message.replaceAll(":\\d{4,5}", ""));
      if (cause instanceof AnthropicServiceException error) {
        seen.add(error.statusCode() + " " + describe(error.headers()) + " " + error.body());
      }
    }
  }

  private static String describe(Headers headers) {
    TreeMap<String, List<String>> fields = new TreeMap<>();
    headers.names().stream()
        .filter(name -> !mayDiffer(name))
        .forEach(name -> fields.put(name, headers.values(name)));
    return fields.toString();
  }

  private static void create(
      AnthropicClient client, AnthropicClientAsync async, List<String> seen) {
    seen.add(client.messages().create(QUESTION).toString());
  }

  private static void raw(AnthropicClient client, AnthropicClientAsync async, List<String> seen)
      throws Exception {
    try (HttpResponseFor<?> response = client.messages().withRawResponse().create(QUESTION)) {
      seen.add(response.statusCode() + " " + describe(response.headers()));
      seen.add(response.requestId() + " " + response.workspaceId());
      InputStream body = response.body();
      seen.add(body.read() + " " + body.markSupported() + " " + body.skip(2));
      seen.add("same " + (response.body() == body));
      seen.add(new String(body.readAllBytes(), StandardCharsets.UTF_8) + body.read());
      body.close();
      body.close();
      body.read();
    }
  }

  private static void buffered(
      AnthropicClient client, AnthropicClientAsync async, List<String> seen) throws Exception {
    try (HttpResponseFor<?> response = client.messages().withRawResponse().create(QUESTION)) {
      HttpResponse buffered = response.buffered();
      seen.add(new String(buffered.body().readAllBytes(), StandardCharsets.UTF_8));
      seen.add(new String(buffered.body().readAllBytes(), StandardCharsets.UTF_8));
      seen.add("same " + (buffered.buffered() == buffered));
    }
  }

  private static void stream(
      AnthropicClient client, AnthropicClientAsync async, List<String> seen) {
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(QUESTION)) {
      stream.stream().forEach(event -> seen.add(event.toString()));
    }
  }

  private static void beginning(
      AnthropicClient client, AnthropicClientAsync async, List<String> seen) {
    Iterator<RawMessageStreamEvent> events;
    try (StreamResponse<RawMessageStreamEvent> stream =
        client.messages().createStreaming(QUESTION)) {
      events = stream.stream().iterator();
      seen.add(events.next().toString());
    }
    seen.add("more " + events.hasNext());
  }

  private static void later(AnthropicClient client, AnthropicClientAsync async, List<String> seen)
      throws Exception {
    seen.add(async.messages().create(QUESTION).get(20, TimeUnit.SECONDS).toString());
  }

  private static void laterStream(
      AnthropicClient client, AnthropicClientAsync async, List<String> seen) throws Exception {
    async
        .messages()
        .createStreaming(QUESTION)
        .subscribe(event -> seen.add(event.toString()))
        .onCompleteFuture()
        .get(20, TimeUnit.SECONDS);
  }

  /** Such a body allows no second attempt. */
  private static void upload(
      AnthropicClient client, AnthropicClientAsync async, List<String> seen) {
    InputStream once =
        new FilterInputStream(
            new ByteArrayInputStream("some text".getBytes(StandardCharsets.UTF_8))) {};
    client.files().upload(FileUploadParams.builder().file(once).build());
  }
}
