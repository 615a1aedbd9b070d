package io.traceforge.anthropic;

import static io.traceforge.junit5.SessionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.traceforge.SessionTracker;
import io.traceforge.junit5.TraceForgeExtension;
import io.traceforge.junit5.TraceForgeSession;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.platform.testkit.engine.EngineTestKit;

/** Tests of agents on Anthropic's client: recorded with a server, replayed without one. */
class CassetteTest extends AnthropicTestBase {
  private static Path cassettes;

  @AfterEach
  void forgetTheEnvironment() {
    System.clearProperty("anthropic.baseUrl");
    System.clearProperty("anthropic.apiKey");
  }

  /** What a user writes. */
  @TestMethodOrder(MethodOrderer.MethodName.class)
  static class AgentTests {
    private final MessageCreateParams question = QUESTION;

    @RegisterExtension
    final TraceForgeExtension traceForge =
        TraceForgeExtension.builder().cassettes(cassettes).allCallsReplayed().build();

    @Test
    @TraceForgeSession("sync")
    void anAnswerAndAStream(OkHttpClient http, SessionTracker session) {
      AnthropicClient anthropic =
          AnthropicOkHttpClient.builder()
              .fromEnv()
              .addInterceptor(own -> new OkHttpForAnthropic(http))
              .build();
      Message answer = anthropic.messages().create(question);

      assertThat(answer.id()).isEqualTo("msg_1");
      session.nextStep();
      try (StreamResponse<RawMessageStreamEvent> stream =
          anthropic.messages().createStreaming(question)) {
        assertThat(text(stream)).isEqualTo("Bonjour 🌍");
      }
      assertThat(session).hasSteps(2).hasCalls(2).usedAtMostTokens(3_000);
    }

    @Test
    @TraceForgeSession("async")
    void anAnswerThatComesLater(OkHttpClient http, SessionTracker session) throws Exception {
      AnthropicClientAsync anthropic =
          AnthropicOkHttpClientAsync.builder()
              .fromEnv()
              .addInterceptor(own -> new OkHttpForAnthropic(http))
              .build();

      assertThat(anthropic.messages().create(question).get(20, TimeUnit.SECONDS).id())
          .isEqualTo("msg_1");
      assertThat(session).hasSteps(1).hasCalls(1);
    }
  }

  @Test
  void aSessionIsReplayedWithoutItsServer() {
    cassettes = folder;
    System.setProperty("anthropic.apiKey", KEY);
    System.setProperty("anthropic.baseUrl", server.url());
    server
        .thenJson(200, Wire.ANSWER)
        .thenEvents(Wire.STREAM)
        .thenJson(429, Wire.RATE_LIMIT, "retry-after-ms", "1")
        .thenJson(200, Wire.ANSWER);
    run(Map.of("traceforge.record", "true"));
    server.close();

    run(Map.of());

    assertThat(server.sent()).hasSize(4);
  }

  private static void run(Map<String, String> parameters) {
    EngineTestKit.engine("junit-jupiter")
        .selectors(selectClass(AgentTests.class))
        .configurationParameters(parameters)
        .execute()
        .testEvents()
        .assertStatistics(tests -> tests.started(2).succeeded(2));
  }
}
