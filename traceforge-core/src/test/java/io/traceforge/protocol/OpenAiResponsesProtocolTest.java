package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenAiResponsesProtocolTest {
  private static final TokenUsage USAGE =
      TokenUsage.builder()
          .inputTokens(100L)
          .outputTokens(40L)
          .totalTokens(140L)
          .cachedInputTokens(60L)
          .cacheWriteTokens(7L)
          .reasoningTokens(5L)
          .build();

  @Test
  void readsWholeAnswer() {
    Interpretation found = ResponsesFixtures.answer().interpret();

    assertThat(found.metadata().provider()).isEqualTo("openai");
    assertThat(found.metadata().operation()).isEqualTo("chat");
    assertThat(found.metadata().requestModel()).isEqualTo("gpt-5");
    assertThat(found.metadata().responseModel()).isEqualTo("gpt-5-2025-08-07");
    assertThat(found.metadata().responseId()).isEqualTo("resp_1");
    assertThat(found.metadata().finishReasons()).containsExactly("completed");
    assertThat(found.metadata().toolCalls())
        .containsExactly(
            ToolCall.of("call_1", "find", "{\"city\":\"Paris\"}"),
            ToolCall.of("call_2", "shell", "ls"));
    assertThat(found.metadata().usage()).isEqualTo(USAGE);
    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.reasoningText()).isEqualTo("She wants a greeting.");
    assertThat(found.complete()).isTrue();
    assertThat(found.error()).isNull();
  }

  @Test
  void prefersReasoningToItsSummary() {
    String answer =
        ResponsesFixtures.ANSWER.replace(
            "\"summary\":",
            "\"content\":[{\"type\":\"reasoning_text\",\"text\":\"Hm.\"}],\"summary\":");

    assertThat(ResponsesFixtures.answer().with(answer).interpret().reasoningText())
        .isEqualTo("Hm.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "incomplete  | {\"reason\":\"max_output_tokens\"} | max_output_tokens",
        "incomplete  | {\"reason\":\"content_filter\"}    | content_filter",
        "cancelled   | null                           | cancelled",
        "queued      | null                           |",
        "in_progress | null                           |",
      })
  void tellsWhyItEnded(String status, String details, String reason) {
    String answer =
        ResponsesFixtures.ANSWER
            .replaceFirst("\"status\":\"completed\"", "\"status\":\"" + status + "\"")
            .replace("\"incomplete_details\":null", "\"incomplete_details\":" + details);

    assertThat(ResponsesFixtures.answer().with(answer).interpret().metadata().finishReasons())
        .isEqualTo(reason == null ? List.of() : List.of(reason));
  }

  @Test
  void tellsRefusalApartFromText() {
    String answer =
        ResponsesFixtures.ANSWER.replace(
            "\"type\":\"output_text\",\"text\":", "\"type\":\"refusal\",\"refusal\":");

    assertThat(ResponsesFixtures.answer().with(answer).interpret().text()).isNull();
  }

  @Test
  void readsErrorOfHttpStatus() {
    assertThat(ResponsesFixtures.answer().with(ResponsesFixtures.ERROR).interpret(400).error())
        .isEqualTo(TraceError.of("invalid_request_error", "No such model", "model_not_found"));
  }

  @Test
  void readsErrorOfFailedResponse() {
    String answer =
        ResponsesFixtures.ANSWER
            .replaceFirst("\"status\":\"completed\"", "\"status\":\"failed\"")
            .replace(
                "\"error\":null", "\"error\":{\"code\":\"server_error\",\"message\":\"boom\"}");

    assertThat(ResponsesFixtures.answer().with(answer).interpret().error())
        .isEqualTo(TraceError.of("server_error", "boom", "server_error"));
  }

  @Test
  void readsBothEndsOfTruncatedAnswer() {
    String answer = ResponsesFixtures.ANSWER.replace("greeting", "x".repeat(9_000));
    TraceBody body = Bodies.truncated(answer, 200, 260, Fixture.JSON);

    Interpretation found = ResponsesFixtures.answer().interpret(200, body);

    assertThat(found.metadata().responseId()).isEqualTo("resp_1");
    assertThat(found.metadata().finishReasons()).containsExactly("completed");
    assertThat(found.metadata().usage()).isEqualTo(USAGE);
    assertThat(found.complete()).isTrue();
  }
}
