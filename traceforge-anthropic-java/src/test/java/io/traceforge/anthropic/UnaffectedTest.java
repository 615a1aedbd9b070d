package io.traceforge.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.core.http.Interceptor;
import io.traceforge.SessionHeaders;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.adapter.Storages;
import io.traceforge.trace.TraceStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whatever becomes of the recording, the client goes on. */
class UnaffectedTest extends AnthropicTestBase {

  @Test
  void withRecordingSwitchedOffTheClientIsLeftAsItIs() {
    server.thenJson(200, Wire.ANSWER).thenJson(200, Wire.ANSWER);
    try (TraceForge off = TraceForge.builder().enabled(false).build()) {
      assertThat(TraceForgeAnthropic.instrument(plain, off)).isSameAs(plain);
      assertThat(TraceForgeAnthropic.instrument(plainAsync, off)).isSameAs(plainAsync);
      Interceptor interceptor = TraceForgeAnthropic.interceptor(off);
      plain.withOptions(options -> options.addInterceptor(interceptor)).messages().create(QUESTION);
    }
    assertThat(server.sent().get(0).header(SessionHeaders.SESSION_ID)).isNull();
  }

  @Test
  void aClosedTraceForgeRecordsNothingAndTheClientGoesOn() {
    server.thenJson(200, Wire.ANSWER).thenEvents(Wire.STREAM);
    traceForge.close();

    assertThat(client.messages().create(QUESTION).id()).isEqualTo("msg_1");
    try (var stream = client.messages().createStreaming(QUESTION)) {
      assertThat(text(stream)).isEqualTo("Bonjour 🌍");
    }
  }

  @Test
  void aStorageThatThrowsIsNotNoticed() {
    server.thenJson(200, Wire.ANSWER).thenEvents(Wire.STREAM);
    try (TraceForge troubled =
        TraceForge.builder()
            .storage(Storages.failing())
            .closeTimeout(Duration.ofMillis(100))
            .build()) {
      AnthropicClient recorded = TraceForgeAnthropic.instrument(plain, troubled);
      assertThat(recorded.messages().create(QUESTION).id()).isEqualTo("msg_1");
      try (var stream = recorded.messages().createStreaming(QUESTION)) {
        assertThat(text(stream)).isEqualTo("Bonjour 🌍");
      }
    }
  }

  @Test
  void aClientThatIsInstrumentedAgainRecordsOnceAsItWasToldLast() {
    server.thenJson(200, Wire.ANSWER);
    SessionTracker last = traceForge.startSession();
    TraceForgeAnthropic.instrument(client, last).messages().create(QUESTION);

    assertThat(onlyTrace().sessionId()).isEqualTo(last.getSessionId());
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.SUCCESS);
  }

  @Test
  void headersThatTheCallerManagesAreLeftToHim() {
    server.thenJson(200, Wire.ANSWER);
    client
        .messages()
        .create(
            QUESTION.toBuilder()
                .putAdditionalHeader(SessionHeaders.SESSION_ID, "manual")
                .putAdditionalHeader(SessionHeaders.STEP_INDEX, "3")
                .build());

    assertThat(onlyTrace().sessionId()).isEqualTo("manual");
    assertThat(onlyTrace().stepIndex()).isEqualTo(3);
    assertThat(server.sent().get(0).headers().get("X-traceforge-session-id"))
        .containsExactly("manual");
  }

  @Test
  void aSessionThatStandsAloneIsRefused() {
    SessionTracker alone = new SessionTracker();
    assertThatThrownBy(() -> TraceForgeAnthropic.instrument(plain, alone))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> TraceForgeAnthropic.interceptor(alone))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
