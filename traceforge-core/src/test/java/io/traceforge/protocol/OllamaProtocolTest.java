package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OllamaProtocolTest {
  private static final TokenUsage USAGE =
      TokenUsage.builder().inputTokens(10L).outputTokens(40L).totalTokens(50L).build();

  @Test
  void readsChat() {
    Interpretation found = OllamaFixtures.chat().interpret();

    assertThat(found.metadata().provider()).isEqualTo("ollama");
    assertThat(found.metadata().operation()).isEqualTo("chat");
    assertThat(found.metadata().requestModel()).isEqualTo("qwen3");
    assertThat(found.metadata().responseModel()).isEqualTo("qwen3:8b");
    assertThat(found.metadata().finishReasons()).containsExactly("stop");
    assertThat(found.metadata().toolCalls())
        .containsExactly(
            ToolCall.of("call_1", "find", "{\"city\":\"Paris\"}"), ToolCall.of(null, "book", "{}"));
    assertThat(found.metadata().usage()).isEqualTo(USAGE);
    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.reasoningText()).isEqualTo("She wants a greeting.");
    assertThat(found.complete()).isTrue();
    assertThat(found.assembledBody()).isNull();
  }

  @Test
  void readsEmbeddingsWithoutTheirNumbers() {
    Interpretation found = OllamaFixtures.embeddings().interpret();

    assertThat(found.metadata().operation()).isEqualTo("embeddings");
    assertThat(found.metadata().responseModel()).isEqualTo("all-minilm");
    assertThat(found.metadata().usage())
        .isEqualTo(TokenUsage.builder().inputTokens(8L).totalTokens(8L).build());
    assertThat(found.complete()).isTrue();
  }

  @Test
  void knowsNoTotalIfPromptWasNotCounted() {
    Interpretation found =
        OllamaFixtures.chat().with("{\"done\": true, \"eval_count\": 4}").interpret();

    assertThat(found.metadata().usage()).isEqualTo(TokenUsage.builder().outputTokens(4L).build());
  }

  @Test
  void readsError() {
    Interpretation found =
        OllamaFixtures.chatStream().with("{\"error\": \"model not found\"}").interpret(404);

    assertThat(found.error()).isEqualTo(TraceError.of("http_404", "model not found", null));
  }

  @Test
  void readsEndOfTruncatedAnswer() {
    String answer = OllamaFixtures.CHAT.replace("greeting", "x".repeat(9_000));
    TraceBody body = Bodies.truncated(answer, 100, 200, Fixture.JSON);

    Interpretation found = OllamaFixtures.chat().interpret(200, body);

    assertThat(found.metadata().usage()).isEqualTo(USAGE);
    assertThat(found.metadata().finishReasons()).containsExactly("stop");
    assertThat(found.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/api/chat, chat",
    "/ollama/api/chat, chat",
    "/api/generate, text_completion",
    "/api/embed, embeddings",
  })
  void namesOperation(String path, String operation) {
    HttpExchange exchange = HttpExchange.of("POST", path, null, 0, null);

    assertThat(new OllamaProtocol().matches(exchange)).isTrue();
    assertThat(new OllamaProtocol().interpret(exchange).metadata().operation())
        .isEqualTo(operation);
  }
}
