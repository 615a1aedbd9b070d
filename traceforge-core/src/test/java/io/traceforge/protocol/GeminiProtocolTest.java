package io.traceforge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeminiProtocolTest {
  private static final TokenUsage USAGE =
      TokenUsage.builder()
          .inputTokens(110L)
          .outputTokens(45L)
          .totalTokens(155L)
          .cachedInputTokens(60L)
          .reasoningTokens(5L)
          .build();

  @Test
  void readsWholeAnswer() {
    Interpretation found = GeminiFixtures.answer().interpret();

    assertThat(found.metadata().provider()).isEqualTo("gcp.gemini");
    assertThat(found.metadata().operation()).isEqualTo("chat");
    assertThat(found.metadata().requestModel()).isEqualTo("gemini-2.5-flash");
    assertThat(found.metadata().responseModel()).isEqualTo("gemini-2.5-flash-001");
    assertThat(found.metadata().responseId()).isEqualTo("resp_1");
    assertThat(found.metadata().finishReasons()).containsExactly("STOP", "MAX_TOKENS");
    assertThat(found.metadata().toolCalls())
        .containsExactly(
            ToolCall.of(null, "find", "{\"city\":\"Paris\"}"), ToolCall.of("call_2", "book", "{}"));
    assertThat(found.metadata().usage()).isEqualTo(USAGE);
    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.reasoningText()).isEqualTo("She wants a greeting.");
    assertThat(found.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/v1beta/models/gemini-2.5-pro:generateContent, gemini-2.5-pro",
    "/gw/v1/models/gemini-2.5-pro:streamGenerateContent, gemini-2.5-pro",
    "/v1/projects/p/locations/l/publishers/google/models/gemini-pro:generateContent, gemini-pro",
    "/v1beta/tunedModels/mine-1:generateContent, mine-1",
  })
  void takesModelFromPath(String path, String model) {
    HttpExchange exchange = HttpExchange.of("POST", path, null, 0, null);

    assertThat(new GeminiProtocol().matches(exchange)).isTrue();
    assertThat(new GeminiProtocol().interpret(exchange).metadata().requestModel()).isEqualTo(model);
  }

  @Test
  void tellsBlockedPrompt() {
    Interpretation found = GeminiFixtures.answer().with(GeminiFixtures.BLOCKED).interpret();

    assertThat(found.metadata().finishReasons()).containsExactly("SAFETY");
    assertThat(found.metadata().usage().inputTokens()).isEqualTo(7);
    assertThat(found.metadata().usage().outputTokens()).isNull();
    assertThat(found.text()).isNull();
    assertThat(found.error()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s", "[%s]"})
  void readsError(String form) {
    Interpretation found =
        GeminiFixtures.answer().with(form.formatted(GeminiFixtures.ERROR)).interpret(429);

    assertThat(found.error())
        .isEqualTo(TraceError.of("RESOURCE_EXHAUSTED", "Quota exceeded", "429"));
  }

  @Test
  void readsEndOfTruncatedAnswer() {
    String answer = GeminiFixtures.ANSWER.replace("greeting", "x".repeat(9_000));
    TraceBody body = Bodies.truncated(answer, 100, 400, Fixture.JSON);

    Interpretation found = GeminiFixtures.answer().interpret(200, body);

    assertThat(found.metadata().usage()).isEqualTo(USAGE);
    assertThat(found.metadata().responseId()).isEqualTo("resp_1");
    assertThat(found.complete()).isTrue();
  }
}
