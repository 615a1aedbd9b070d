package io.traceforge.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.langchain4j.http.client.jdk.JdkHttpClient;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import io.traceforge.SessionHeaders;
import io.traceforge.SessionTracker;
import org.junit.jupiter.api.Test;

/** What {@code docs/clients.md} shows of LangChain4j. */
class SnippetsTest extends LangChain4jTestBase {

  @Test
  void aModelOfAllSessions() {
    server.thenJson(200, Wire.ANSWER);
    SessionTracker session = traceForge.startSession();
    String baseUrl = server.url() + "/v1";
    String key = KEY;
    ChatModel model =
        OpenAiChatModel.builder()
            .httpClientBuilder(
                TraceForgeLangChain4j.instrument(JdkHttpClient.builder(), traceForge))
            .baseUrl(baseUrl)
            .apiKey(key)
            .modelName("gpt-5-mini")
            .build();
    String answer = session.call(() -> model.chat("What is the capital of France?"));

    assertThat(answer).isEqualTo("Bonjour");
    assertThat(onlyTrace().sessionId()).isEqualTo(session.getSessionId());
  }

  @Test
  void headersAreAskedForAtEachCall() {
    server.thenJson(200, Wire.ANSWER).thenJson(200, Wire.ANSWER);
    SessionTracker session = traceForge.startSession();
    String baseUrl = server.url() + "/v1";
    String key = KEY;
    ChatModel model =
        OpenAiChatModel.builder()
            .baseUrl(baseUrl)
            .apiKey(key)
            .modelName("gpt-5-mini")
            .customHeaders(session::getHeaders)
            .build();
    model.chat("What is the capital of France?");
    session.nextStep();
    model.chat("And of Italy?");

    assertThat(server.sent())
        .extracting(sent -> sent.header(SessionHeaders.STEP_INDEX))
        .containsExactly("0", "1");
  }
}
