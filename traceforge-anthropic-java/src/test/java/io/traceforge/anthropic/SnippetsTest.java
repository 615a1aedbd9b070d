package io.traceforge.anthropic;

import static org.assertj.core.api.Assertions.assertThat;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClientAsync;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import io.traceforge.SessionTracker;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code docs/clients.md} shows of anthropic-java. */
class SnippetsTest extends AnthropicTestBase {
  private final MessageCreateParams question = QUESTION;

  @BeforeEach
  void tellTheEnvironment() {
    System.setProperty("anthropic.baseUrl", server.url());
    System.setProperty("anthropic.apiKey", KEY);
    server.thenJson(200, Wire.ANSWER);
  }

  @AfterEach
  void forgetTheEnvironment() {
    System.clearProperty("anthropic.baseUrl");
    System.clearProperty("anthropic.apiKey");
  }

  @Test
  void aClientOfOneSession() {
    SessionTracker session = traceForge.startSession();
    AnthropicClient anthropic =
        TraceForgeAnthropic.instrument(AnthropicOkHttpClient.builder().fromEnv().build(), session);
    Message answer = anthropic.messages().create(question);

    anthropic.close();
    assertThat(answer.id()).isEqualTo("msg_1");
    assertThat(onlyTrace().sessionId()).isEqualTo(session.getSessionId());
  }

  @Test
  void anAsynchronousClientOfAllSessions() throws Exception {
    SessionTracker session = traceForge.startSession();
    AnthropicClientAsync shared =
        TraceForgeAnthropic.instrument(
            AnthropicOkHttpClientAsync.builder().fromEnv().build(), traceForge);
    CompletableFuture<Message> answer = session.call(() -> shared.messages().create(question));

    assertThat(answer.get(20, TimeUnit.SECONDS).id()).isEqualTo("msg_1");
    shared.close();
    assertThat(onlyTrace().sessionId()).isEqualTo(session.getSessionId());
  }
}
