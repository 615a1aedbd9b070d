package io.traceforge.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import dev.langchain4j.model.chat.response.ChatResponse;
import io.traceforge.Eventually;
import io.traceforge.SessionTracker;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Calls that are answered with a stream of events. */
class StreamingTest extends LangChain4jTestBase {

  @Test
  void aStreamIsPutTogetherToTheAnswerWithoutStreaming() throws Exception {
    server.thenEvents(Wire.STREAM);
    assertThat(streamed(recorded()).text).hasToString("Bonjour 🌍");

    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.response().body().text()).isEqualTo(Wire.STREAM);
    assertThat(message(trace).get("content").getAsString()).isEqualTo("Bonjour 🌍");
    assertThat(trace.metadata().usage().inputTokens()).isEqualTo(9);
    assertThat(trace.metadata().usage().outputTokens()).isEqualTo(3);
    assertThat(trace.metadata().timing().toFirstToken()).isNotNull();
  }

  @Test
  void toolCallsArePutTogetherFromTheirPieces() throws Exception {
    server.thenEvents(Wire.TOOL_STREAM);
    Collected answer = new Collected(false);
    streaming(recorded()).build().chat("Good day?", answer);
    ChatResponse response = answer.await();

    assertThat(response.aiMessage().toolExecutionRequests().get(0).arguments())
        .isEqualTo("{\"to\": \"Paris\"}");
    JsonObject tool = message(onlyTrace()).getAsJsonArray("tool_calls").get(0).getAsJsonObject();
    assertThat(tool.getAsJsonObject("function").get("arguments").getAsString())
        .isEqualTo("{\"to\": \"Paris\"}");
    assertThat(onlyTrace().metadata().finishReasons()).containsExactly("tool_calls");
  }

  @Test
  void aCallBelongsToTheSessionOfTheThreadThatMadeItAtTheStepOfThatMoment() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    server.then(answer -> answer.await(gone).startEvents().send(Wire.STREAM).end());
    SessionTracker session = traceForge.startSession();
    Collected answer = new Collected(false);
    session.run(() -> streaming(recorded()).build().chat("Good day?", answer));
    session.nextStep();
    gone.countDown();
    answer.await();

    assertThat(onlyTrace().sessionId()).isEqualTo(session.getSessionId());
    assertThat(onlyTrace().stepIndex()).isZero();
  }

  @Test
  void anEventIsThereBeforeTheNextOneIsSent() throws Exception {
    Collected answer = new Collected(false);
    server.then(
        script ->
            script
                .startEvents()
                .send(Wire.BEGINNING)
                .await(answer.begun)
                .send(Wire.STREAM.substring(Wire.BEGINNING.length()))
                .end());
    streaming(recorded()).build().chat("Good day?", answer);
    answer.await();

    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.SUCCESS);
  }

  @Test
  void aBrokenConnectionLeavesWhatHadComeAndTheCallersException() {
    server.thenEventsAndBreak(Wire.BEGINNING);

    assertThatThrownBy(() -> streamed(recorded())).isInstanceOf(ExecutionException.class);
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.error().type()).startsWith("java.io.");
    assertThat(trace.response().body().text()).isEqualTo(Wire.BEGINNING);
    assertThat(message(trace).get("content").getAsString()).isEqualTo("Bon");
  }

  @Test
  void aStreamThatTheCallerCancelsIsCancelled() {
    server.thenEventsAndSilence(Wire.BEGINNING);
    Collected answer = new Collected(true);
    streaming(recorded()).build().chat("Good day?", answer);
    Eventually.await(answer.begun);

    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.CANCELLED);
    assertThat(trace.response().body().text()).isEqualTo(Wire.BEGINNING);
  }

  @Test
  void anErrorKeepsWhatTheProviderSaid() {
    server.thenJson(429, Wire.RATE_LIMIT);

    assertThatThrownBy(() -> streamed(recorded())).isInstanceOf(ExecutionException.class);
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.response().statusCode()).isEqualTo(429);
    assertThat(trace.error().message()).isEqualTo("Too many");
  }

  @Test
  void aTimeoutIsAnError() {
    server.then(answer -> answer.silence());
    Collected answer = new Collected(false);
    streaming(recorded()).timeout(Duration.ofMillis(200)).build().chat("Good day?", answer);

    assertThatThrownBy(answer::await).isInstanceOf(ExecutionException.class);
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(onlyTrace().error().type()).isEqualTo("java.net.http.HttpTimeoutException");
  }

  /** Of a client that tells nobody. */
  @Test
  void aParserThatFailsFailsTheCall() {
    HttpClient client = TraceForgeLangChain4j.instrument(new OwnBuilder(), traceForge).build();
    client.execute(
        HttpRequest.builder().method(HttpMethod.POST).url(server.url()).body("{}").build(),
        (body, listener) -> {
          throw new IllegalStateException("no parser of mine");
        },
        new Collector());

    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.ERROR);
    assertThat(onlyTrace().error().message()).isEqualTo("no parser of mine");
  }

  /** Such a client shows no bytes: its events are written down. */
  @Test
  void ofAClientThatParsesByItselfTheEventsAreRecorded() throws Exception {
    HttpClientBuilder own = new OwnBuilder();
    assertThat(streamed(TraceForgeLangChain4j.instrument(own, traceForge)).text)
        .hasToString("Hi there");

    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.response().body().text()).startsWith("data: {").endsWith("data: [DONE]\n\n");
    assertThat(message(trace).get("content").getAsString()).isEqualTo("Hi there");
  }

  private static JsonObject message(Trace trace) {
    return JsonParser.parseString(trace.response().assembledBody().text())
        .getAsJsonObject()
        .getAsJsonArray("choices")
        .get(0)
        .getAsJsonObject()
        .getAsJsonObject("message");
  }

  private static final class Collector implements ServerSentEventListener {
    @Override
    public void onError(Throwable failure) {
      throw new AssertionError(failure);
    }
  }

  /** Builds a client that needs no network, and asks no parser. */
  private static final class OwnBuilder implements HttpClientBuilder {
    private final HttpClientBuilder settings = JdkHttpClient.builder();

    @Override
    public Duration connectTimeout() {
      return settings.connectTimeout();
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      settings.connectTimeout(timeout);
      return this;
    }

    @Override
    public Duration readTimeout() {
      return settings.readTimeout();
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      settings.readTimeout(timeout);
      return this;
    }

    @Override
    public HttpClient build() {
      return new OwnClient();
    }
  }

  private static final class OwnClient implements HttpClient {
    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void execute(HttpRequest request, ServerSentEventListener listener) {
      listener.onOpen(SuccessfulHttpResponse.builder().statusCode(200).build());
      for (String piece : new String[] {"Hi", " there"}) {
        listener.onEvent(
            new ServerSentEvent(
                null,
                "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\n\"delta\":{\"content\":\""
                    + piece
                    + "\"},\"finish_reason\":null}]}"));
      }
      listener.onEvent(
          new ServerSentEvent(
              null,
              "{\"id\":\"c\",\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},"
                  + "\"finish_reason\":\"stop\"}]}"));
      listener.onEvent(new ServerSentEvent(null, "[DONE]"));
      listener.onClose();
    }

    @Override
    public void execute(
        HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
      assertThatThrownBy(() -> parser.parse(InputStream.nullInputStream(), listener)).isNotNull();
    }
  }
}
