package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import org.junit.jupiter.api.Test;

class AnthropicMessagesProtocolTest {
  private static final TokenUsage USAGE =
      TokenUsage.builder()
          .inputTokens(330L)
          .outputTokens(40L)
          .totalTokens(370L)
          .cachedInputTokens(300L)
          .cacheWriteTokens(20L)
          .reasoningTokens(5L)
          .build();

  @Test
  void readsWholeAnswer() {
    Interpretation found = AnthropicFixtures.answer().interpret();

    assertThat(found.metadata().provider()).isEqualTo("anthropic");
    assertThat(found.metadata().operation()).isEqualTo("chat");
    assertThat(found.metadata().requestModel()).isEqualTo("claude-sonnet-4-5");
    assertThat(found.metadata().responseModel()).isEqualTo("claude-sonnet-4-5-20250929");
    assertThat(found.metadata().responseId()).isEqualTo("msg_1");
    assertThat(found.metadata().finishReasons()).containsExactly("tool_use");
    assertThat(found.metadata().toolCalls())
        .containsExactly(
            ToolCall.of("toolu_1", "find", "{\"city\":\"Paris\"}"),
            ToolCall.of("toolu_2", "book", "{}"));
    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.reasoningText()).isEqualTo("She wants a greeting.");
    assertThat(found.complete()).isTrue();
    assertThat(found.cutShort()).isFalse();
    assertThat(found.error()).isNull();
    assertThat(found.assembledBody()).isNull();
  }

  @Test
  void sumsInputUp() {
    assertThat(AnthropicFixtures.answer().interpret().metadata().usage()).isEqualTo(USAGE);
  }

  @Test
  void knowsNoTotalWithoutInput() {
    TokenUsage usage =
        AnthropicFixtures.answer()
            .with("{\"usage\": {\"output_tokens\": 4, \"cache_read_input_tokens\": 3}}")
            .interpret()
            .metadata()
            .usage();

    assertThat(usage)
        .isEqualTo(TokenUsage.builder().outputTokens(4L).cachedInputTokens(3L).build());
  }

  @Test
  void readsBothEndsOfTruncatedAnswer() {
    String answer = AnthropicFixtures.ANSWER.replace("greeting", "x".repeat(9_000));
    TraceBody body = Bodies.truncated(answer, 120, 300, Fixture.JSON);

    Interpretation found = AnthropicFixtures.answer().interpret(200, body);

    assertThat(found.metadata().responseId()).isEqualTo("msg_1");
    assertThat(found.metadata().finishReasons()).containsExactly("tool_use");
    assertThat(found.metadata().usage()).isEqualTo(USAGE);
    assertThat(found.complete()).isTrue();
  }

  @Test
  void readsError() {
    Interpretation found = AnthropicFixtures.answer().with(AnthropicFixtures.ERROR).interpret(529);

    assertThat(found.error()).isEqualTo(TraceError.of("overloaded_error", "Overloaded", null));
    assertThat(found.metadata().finishReasons()).isEmpty();
  }

  @Test
  void tellsRefusal() {
    Interpretation found =
        AnthropicFixtures.answer()
            .with("{\"content\": [], \"stop_reason\": \"refusal\", \"usage\": {}}")
            .interpret();

    assertThat(found.metadata().finishReasons()).containsExactly("refusal");
    assertThat(found.text()).isNull();
    assertThat(found.error()).isNull();
  }
}
