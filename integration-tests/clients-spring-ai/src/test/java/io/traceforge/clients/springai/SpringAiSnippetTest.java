package io.traceforge.clients.springai;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.clients.Answer;
import io.traceforge.clients.ClientFixture;
import io.traceforge.clients.Told;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.TraceStatus;
import org.junit.jupiter.api.Test;
import org.springframework.ai.chat.model.ChatModel;
import org.springframework.ai.openai.OpenAiChatModel;
import org.springframework.ai.openai.OpenAiChatOptions;

/** The code of docs/clients.md: what is written there stands here, and runs. */
class SpringAiSnippetTest extends ClientFixture {
  private final String key = KEY;

  @Test
  void springAi() {
    server.answers(Answer.json("openai-chat.json"));
    String baseUrl = server.url() + "/v1";

    ChatModel model =
        OpenAiChatModel.builder()
            .options(
                OpenAiChatOptions.builder()
                    .apiKey(key)
                    .baseUrl(baseUrl)
                    .model("gpt-5-mini")
                    .build())
            .httpClientBuilderCustomizer(
                builder -> builder.interceptor(TraceForgeOkHttp.interceptor(session)))
            .build();
    String answer = model.call("What is the capital of France?");

    assertThat(answer).isEqualTo(Told.ANSWER);
    assertThat(trace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace().metadata().tokensUsed()).isEqualTo(1302);
  }
}
