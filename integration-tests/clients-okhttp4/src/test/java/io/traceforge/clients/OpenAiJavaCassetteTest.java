package io.traceforge.clients;

import static io.traceforge.junit5.SessionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import io.traceforge.SessionTracker;
import io.traceforge.junit5.TraceForgeExtension;
import io.traceforge.junit5.TraceForgeSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;

/** An agent on openai-java as a test of its own: recorded with a server, replayed without one. */
class OpenAiJavaCassetteTest {
  private static String url;
  private static Path cassettes;

  @BeforeEach
  void chooseFolder(@TempDir Path folder) {
    cassettes = folder;
  }

  /** What a user writes. */
  static class AgentTests {
    @RegisterExtension
    final TraceForgeExtension traceForge =
        TraceForgeExtension.builder().cassettes(cassettes).allCallsReplayed().build();

    @Test
    @TraceForgeSession("client")
    void anAgentWithOurClient(OkHttpClient http, SessionTracker session) {
      OpenAIClient openAi =
          OpenAIOkHttpClient.builder()
              .apiKey(ClientFixture.KEY)
              .baseUrl(url)
              .okHttpClient(http)
              .build();
      answers(openAi, session);
    }

    @Test
    @TraceForgeSession("interceptor")
    void anAgentWithOurInterceptor(Interceptor interceptor, SessionTracker session) {
      OpenAIClient openAi =
          OpenAIOkHttpClient.builder()
              .apiKey(ClientFixture.KEY)
              .baseUrl(url)
              .addInterceptor(interceptor)
              .build();
      answers(openAi, session);
    }

    private static void answers(OpenAIClient openAi, SessionTracker session) {
      assertThat(OpenAiJavaReplayTest.agent(openAi, session)).isEqualTo(Told.ANSWER);
      assertThat(session).hasSteps(2).hasCalls(2).calledTool("weather").usedAtMostTokens(3_000);
      openAi.close();
    }
  }

  @Test
  void anAgentWithARetryToolsAndAStreamRunsOffline() throws IOException {
    try (ScriptedServer server = new ScriptedServer()) {
      url = server.url() + "/v1";
      for (int test = 0; test < 2; test++) {
        server.answers(
            Answer.error(429, "Slow down").with("Retry-After-Ms", "1"),
            Answer.json("openai-chat-tools.json"),
            Answer.events("openai-chat-stream.txt"));
      }
      run(Map.of("traceforge.record", "true"));
    }
    assertThat(Files.readString(cassettes.resolve("client.jsonl")))
        .containsIgnoringCase("[\"Retry-After-Ms\",\"1\"]")
        .doesNotContain(ClientFixture.KEY);
    url = "http://offline.invalid/v1";

    run(Map.of());
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
