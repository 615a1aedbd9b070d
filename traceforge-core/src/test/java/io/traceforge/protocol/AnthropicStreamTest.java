package io.traceforge.protocol;

import static io.traceforge.protocol.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnthropicStreamTest {
  @Test
  void assemblesMessage() {
    assertThat(AnthropicFixtures.stream().assembled())
        .isEqualTo(
            json(
                """
                {"id": "msg_1", "type": "message", "role": "assistant",
                 "model": "claude-sonnet-4-5-20250929", "content": [
                   {"type": "thinking", "thinking": "She wants a greeting.", "signature": "c2ln"},
                   {"type": "text", "text": "Bonjour, 世界 🌍", "citations": [
                     {"type": "page_location", "n": 1}, {"type": "page_location", "n": 2}]},
                   {"type": "tool_use", "id": "toolu_1", "name": "find",
                    "input": {"city": "Paris"}},
                   {"type": "tool_use", "id": "toolu_2", "name": "book", "input": {}}],
                 "stop_reason": "tool_use", "stop_sequence": null,
                 "usage": {"input_tokens": 10, "cache_creation_input_tokens": 20,
                   "cache_read_input_tokens": 300, "output_tokens": 40,
                   "service_tier": "standard", "output_tokens_details": {"thinking_tokens": 5}}}
                """));
  }

  @Test
  void tellsTheSameAsWithoutStreaming() {
    Interpretation streamed = AnthropicFixtures.stream().interpret();
    Interpretation whole = AnthropicFixtures.answer().interpret();

    assertThat(streamed.metadata()).isEqualTo(whole.metadata());
    assertThat(streamed.text()).isEqualTo(whole.text());
    assertThat(streamed.reasoningText()).isEqualTo(whole.reasoningText());
    assertThat(streamed.complete()).isTrue();
    assertThat(streamed.cutShort()).isFalse();
  }

  @Test
  void countsThinkingAsFirstToken() {
    Fixture stream = AnthropicFixtures.stream();
    int end = stream.response().indexOf("\n\n", stream.response().indexOf("She wants")) + 2;

    assertThat(stream.interpret().firstContentEnd()).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"\"type\":\"text\",\"text\":\"x\"", "\"type\":\"tool_use\",\"name\":\"f\""})
  void countsBlockThatBeginsWithContentAsFirstToken(String block) {
    String event =
        "data: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{"
            + block
            + "}}\n\n";

    assertThat(AnthropicFixtures.stream().with(event).interpret().firstContentEnd())
        .isEqualTo(event.length());
  }

  @Test
  void keepsPartialTextAndInputOfCutStream() {
    Interpretation found = AnthropicFixtures.stream().upTo("世界").interpret();

    assertThat(found.text()).isEqualTo("Bonjour, ");
    assertThat(found.complete()).isFalse();
    assertThat(found.cutShort()).isTrue();
    assertThat(found.metadata().finishReasons()).isEmpty();
    assertThat(found.metadata().usage())
        .isEqualTo(
            TokenUsage.builder()
                .inputTokens(330L)
                .cachedInputTokens(300L)
                .cacheWriteTokens(20L)
                .build());
  }

  @Test
  void keepsPartOfToolsArguments() {
    Interpretation found = AnthropicFixtures.stream().upTo("ris\\\"}").interpret();

    assertThat(found.metadata().toolCalls())
        .containsExactly(ToolCall.of("toolu_1", "find", "{\"city\": \"Pa"));
  }

  @Test
  void tellsErrorInsideStream() {
    Fixture cut = AnthropicFixtures.stream().upTo("event: message_delta");
    Interpretation found =
        cut.with(
                cut.response()
                    + "event: error\ndata: "
                    + AnthropicFixtures.ERROR.replace("\n", "")
                    + "\n\n")
            .interpret();

    assertThat(found.error()).isEqualTo(TraceError.of("overloaded_error", "Overloaded", null));
    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.complete()).isFalse();
  }

  @Test
  void goesByNameWhereDataHasNoType() {
    String stream = AnthropicFixtures.STREAM.replaceAll("\"type\":\"(message|content)_\\w+\",", "");

    Interpretation found = AnthropicFixtures.stream().with(stream).interpret();

    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.metadata().usage().totalTokens()).isEqualTo(370);
  }

  @Test
  void replacesCumulativeUsageAndNeverAddsIt() {
    String twice =
        AnthropicFixtures.STREAM.replace(
            "event: message_delta",
            """
            event: message_delta
            data: {"type":"message_delta","delta":{},"usage":{"input_tokens":10,"output_tokens":39}}

            event: message_delta""");

    assertThat(AnthropicFixtures.stream().with(twice).interpret().metadata().usage())
        .isEqualTo(AnthropicFixtures.stream().interpret().metadata().usage());
  }
}
