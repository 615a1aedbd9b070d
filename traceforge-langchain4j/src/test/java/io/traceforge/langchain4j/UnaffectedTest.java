package io.traceforge.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.http.client.HttpClient;
import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.HttpMethod;
import dev.langchain4j.http.client.HttpRequest;
import dev.langchain4j.http.client.SuccessfulHttpResponse;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.http.client.sse.ServerSentEvent;
import dev.langchain4j.http.client.sse.ServerSentEventListener;
import dev.langchain4j.http.client.sse.ServerSentEventParser;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.adapter.Storages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whatever becomes of the recording, the model goes on. */
class UnaffectedTest extends LangChain4jTestBase {

  @Test
  void withRecordingSwitchedOffTheBuilderIsLeftAsItIs() {
    HttpClientBuilder builder = JdkHttpClient.builder();
    try (TraceForge off = TraceForge.builder().enabled(false).build()) {
      assertThat(TraceForgeLangChain4j.instrument(builder, off)).isSameAs(builder);
    }
  }

  @Test
  void settingsGoToTheBuilderBelow() {
    HttpClientBuilder builder = JdkHttpClient.builder().readTimeout(Duration.ofSeconds(7));
    HttpClientBuilder recorded = TraceForgeLangChain4j.instrument(builder, traceForge);

    assertThat(recorded.readTimeout()).isEqualTo(Duration.ofSeconds(7));
    assertThat(recorded.connectTimeout(Duration.ofSeconds(3))).isSameAs(recorded);
    assertThat(builder.connectTimeout()).isEqualTo(Duration.ofSeconds(3));
  }

  @Test
  void aClosedTraceForgeRecordsNothingAndTheModelGoesOn() throws Exception {
    server.thenJson(200, Wire.ANSWER).thenEvents(Wire.STREAM);
    traceForge.close();

    assertThat(chat(recorded()).build().chat("Good day?")).isEqualTo("Bonjour");
    assertThat(streamed(recorded()).text).hasToString("Bonjour 🌍");
  }

  @Test
  void aStorageThatThrowsIsNotNoticed() throws Exception {
    server.thenJson(200, Wire.ANSWER).thenEvents(Wire.STREAM);
    try (TraceForge troubled =
        TraceForge.builder()
            .storage(Storages.failing())
            .closeTimeout(Duration.ofMillis(100))
            .build()) {
      HttpClientBuilder builder =
          TraceForgeLangChain4j.instrument(JdkHttpClient.builder(), troubled);
      assertThat(chat(builder).build().chat("Good day?")).isEqualTo("Bonjour");
      assertThat(streamed(builder).text).hasToString("Bonjour 🌍");
    }
  }

  @Test
  void aClientThatGivesNothingGivesNothing() {
    HttpClient recorded = TraceForgeLangChain4j.instrument(new GivesNothing(), traceForge).build();
    HttpRequest request =
        HttpRequest.builder().method(HttpMethod.POST).url("http://127.0.0.1/").body("{}").build();
    List<Object> opened = new ArrayList<>();
    recorded.execute(
        request,
        new ServerSentEventListener() {
          @Override
          public void onOpen(SuccessfulHttpResponse response) {
            opened.add(response);
          }

          @Override
          public void onEvent(ServerSentEvent event) {}

          @Override
          public void onError(Throwable failure) {}
        });

    assertThat(recorded.execute(request)).isNull();
    assertThat(opened).containsExactly((Object) null);
  }

  private static final class GivesNothing implements HttpClientBuilder, HttpClient {
    @Override
    public Duration connectTimeout() {
      return null;
    }

    @Override
    public HttpClientBuilder connectTimeout(Duration timeout) {
      return this;
    }

    @Override
    public Duration readTimeout() {
      return null;
    }

    @Override
    public HttpClientBuilder readTimeout(Duration timeout) {
      return this;
    }

    @Override
    public HttpClient build() {
      return this;
    }

    @Override
    public SuccessfulHttpResponse execute(HttpRequest request) {
      return null;
    }

    @Override
    public void execute(
        HttpRequest request, ServerSentEventParser parser, ServerSentEventListener listener) {
      listener.onOpen(null);
    }
  }

  @Test
  void aBuilderThatIsInstrumentedAgainRecordsOnceAsItWasToldLast() {
    server.thenJson(200, Wire.ANSWER);
    SessionTracker last = traceForge.startSession();
    chat(TraceForgeLangChain4j.instrument(recorded(), last)).build().chat("Good day?");

    assertThat(onlyTrace().sessionId()).isEqualTo(last.getSessionId());
  }

  @Test
  void aSessionThatStandsAloneIsRefused() {
    assertThatThrownBy(
            () -> TraceForgeLangChain4j.instrument(JdkHttpClient.builder(), new SessionTracker()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
