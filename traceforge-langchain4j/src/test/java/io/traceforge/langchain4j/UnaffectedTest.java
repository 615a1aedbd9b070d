package io.traceforge.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.langchain4j.http.client.HttpClientBuilder;
import dev.langchain4j.http.client.jdk.JdkHttpClient;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.adapter.Storages;
import java.time.Duration;
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
