package io.traceforge.protocol;

import static io.traceforge.protocol.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.TraceError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiCompletionsTest {
  @Test
  void readsOlderCompletion() {
    Interpretation found = CompletionsFixtures.answer().interpret();

    assertThat(found.metadata().operation()).isEqualTo("text_completion");
    assertThat(found.metadata().requestModel()).isEqualTo("gpt-3.5-turbo-instruct");
    assertThat(found.metadata().finishReasons()).containsExactly("stop", "length");
    assertThat(found.metadata().usage().totalTokens()).isEqualTo(12);
    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.complete()).isTrue();
  }

  @Test
  void assemblesStreamOfOlderCompletion() {
    Interpretation found = CompletionsFixtures.stream().interpret();

    assertThat(CompletionsFixtures.stream().assembled())
        .isEqualTo(
            json(
                """
                {"id": "cmpl-1", "object": "text_completion", "created": 1700000000,
                 "model": "gpt-3.5-turbo-instruct", "choices": [
                   {"index": 0, "text": "Bonjour, 世界 🌍", "finish_reason": "stop",
                    "logprobs": {"tokens": ["Bon", "jour"], "token_logprobs": [-1, -2]}},
                   {"index": 1, "text": "Bon", "logprobs": null, "finish_reason": "length"}],
                 "usage": {"prompt_tokens": 5, "completion_tokens": 7, "total_tokens": 12}}"""));
    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.firstContentEnd()).isEqualTo(CompletionsFixtures.STREAM.indexOf("\n\n") + 2);
  }

  @Test
  void readsEmbeddingsWithoutTheirNumbers() {
    Interpretation found = CompletionsFixtures.embeddings().interpret();

    assertThat(found.metadata().provider()).isEqualTo("openai");
    assertThat(found.metadata().operation()).isEqualTo("embeddings");
    assertThat(found.metadata().requestModel()).isEqualTo("text-embedding-3-small");
    assertThat(found.metadata().responseModel()).isEqualTo("text-embedding-3-small");
    assertThat(found.metadata().usage())
        .isEqualTo(TokenUsage.builder().inputTokens(8L).totalTokens(8L).build());
    assertThat(found.complete()).isTrue();
  }

  @Test
  void isWholeThoughNothingOfItsSummaryIsMissing() {
    String all =
        "{\"id\": \"x\", \"object\": \"list\", \"model\": \"m\", \"usage\": {}, \"error\": null, \"data\": []}";

    assertThat(CompletionsFixtures.embeddings().with(all).interpret().complete()).isTrue();
    assertThat(CompletionsFixtures.embeddings().with(all.replace("]}", "")).interpret().complete())
        .isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "[]", "\"x", "7"})
  void isNotWholeIfItIsNoObject(String body) {
    assertThat(CompletionsFixtures.embeddings().with(body).interpret().complete()).isFalse();
  }

  @Test
  void readsErrorOfEmbeddings() {
    Interpretation found =
        CompletionsFixtures.embeddings().with(ResponsesFixtures.ERROR).interpret(400);

    assertThat(found.error())
        .isEqualTo(TraceError.of("invalid_request_error", "No such model", "model_not_found"));
  }

  @Test
  void readsEndOfTruncatedEmbeddings() {
    String many = CompletionsFixtures.EMBEDDINGS.replace("0.1", "0.1, ".repeat(5_000) + "0.1");

    Interpretation found =
        CompletionsFixtures.embeddings()
            .interpret(200, Bodies.truncated(many, 100, 120, Fixture.JSON));

    assertThat(found.metadata().usage().inputTokens()).isEqualTo(8);
    assertThat(found.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "/openai/deployments/my-model/embeddings",
    "/openai/deployments/my-model/completions"
  })
  void takesModelFromAzurePath(String path) {
    Interpretation found =
        LlmProtocols.known(failure -> {}).interpret(HttpExchange.of("POST", path, null, 0, null));

    assertThat(found.metadata().requestModel()).isEqualTo("my-model");
  }
}
