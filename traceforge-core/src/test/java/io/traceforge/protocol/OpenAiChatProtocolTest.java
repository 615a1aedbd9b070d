package io.traceforge.protocol;

import static io.traceforge.protocol.ChatFixtures.JSON;
import static io.traceforge.protocol.ChatFixtures.PATH;
import static io.traceforge.protocol.ChatFixtures.interpret;
import static io.traceforge.protocol.ChatFixtures.interpretJson;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiChatProtocolTest {
  private static final String ANSWER =
      """
      {"id": "chatcmpl-9", "object": "chat.completion", "created": 1700000000,
       "model": "gpt-4o-2024-08-06", "choices": [
         {"index": 1, "message": {"role": "assistant", "content": null, "tool_calls": [
           {"id": "call_1", "type": "function",
            "function": {"name": "search", "arguments": "{\\"q\\":1}"}},
           {"id": "call_2", "type": "custom", "custom": {"name": "shell", "input": "ls"}}]},
          "finish_reason": "tool_calls"},
         {"index": 0, "message": {"role": "assistant", "content": "Hello %s", "function_call":
           {"name": "old", "arguments": "{}"}}, "finish_reason": "stop"}],
       "usage": {"prompt_tokens": 9, "completion_tokens": 12, "total_tokens": 21,
         "prompt_tokens_details": {"cached_tokens": 4, "cache_write_tokens": 2},
         "completion_tokens_details": {"reasoning_tokens": 3}}}
      """;
  private static final TokenUsage USAGE =
      TokenUsage.builder()
          .inputTokens(9L)
          .outputTokens(12L)
          .totalTokens(21L)
          .cachedInputTokens(4L)
          .cacheWriteTokens(2L)
          .reasoningTokens(3L)
          .build();

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/chat/completions, true",
    "POST, /chat/completions, true",
    "POST, /proxy/eu/v1/chat/completions, true",
    "POST, /openai/deployments/my-gpt/chat/completions, true",
    "GET, /v1/chat/completions, false",
    "POST, /v1/complete, false",
    "POST, /v1/chat/completions/chatcmpl-1, false",
  })
  void matchesByMethodAndPath(String method, String path, boolean matches) {
    TraceBody request = TraceBody.ofText(ChatFixtures.REQUEST, JSON);

    assertThat(matches(HttpExchange.of(method, path, request, 0, null))).isEqualTo(matches);
    assertThat(matches(HttpExchange.of(method, path, null, 0, null))).isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"messages\": []}              | true",
        "{\"model\": \"x\", \"messages\" | true",
        "{\"model\": \"x\"               | true",
        "''                              | true",
        "{\"model\": \"x\"}              | false",
        "[{\"messages\": []}]            | false",
      })
  void matchesByShapeAsFarAsItIsKnown(String request, boolean matches) {
    HttpExchange exchange = HttpExchange.of("POST", PATH, TraceBody.ofText(request, JSON), 0, null);

    assertThat(matches(exchange)).isEqualTo(matches);
  }

  @Test
  void matchesRequestWhoseMessagesWereNotKept() {
    TraceBody request = Bodies.truncated(ChatFixtures.REQUEST, 5, 5, JSON);

    assertThat(matches(HttpExchange.of("POST", PATH, request, 0, null))).isTrue();
  }

  @Test
  void readsRequestWithoutResponse() {
    Interpretation found = interpretRequest(PATH, TraceBody.ofText(ChatFixtures.REQUEST, JSON));

    Interpretation.Builder expected = Interpretation.builder();
    expected.metadataBuilder().provider("openai").operation("chat").requestModel("gpt-4o");
    assertThat(found).isEqualTo(expected.build());
  }

  @Test
  void takesModelFromAzurePathIfBodyHasNone() {
    String path = "/openai/deployments/my-gpt/chat/completions";

    assertThat(interpretRequest(path, null).metadata().requestModel()).isEqualTo("my-gpt");
    assertThat(
            interpretRequest(path, TraceBody.ofText("{\"model\": \"x\"}", JSON))
                .metadata()
                .requestModel())
        .isEqualTo("x");
  }

  @Test
  void readsWholeAnswer() {
    Interpretation found = interpretJson(200, ANSWER.formatted("world"));

    assertThat(found.metadata().responseId()).isEqualTo("chatcmpl-9");
    assertThat(found.metadata().responseModel()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(found.metadata().finishReasons()).containsExactly("stop", "tool_calls");
    assertThat(found.metadata().toolCalls())
        .containsExactly(
            ToolCall.of(null, "old", "{}"),
            ToolCall.of("call_1", "search", "{\"q\":1}"),
            ToolCall.of("call_2", "shell", "ls"));
    assertThat(found.metadata().usage()).isEqualTo(USAGE);
    assertThat(found.complete()).isTrue();
    assertThat(found.error()).isNull();
    assertThat(found.assembledBody()).isNull();
    assertThat(found.firstContentEnd()).isEqualTo(-1);
  }

  @Test
  void readsWhatStandsBeforeTheCut() {
    String answer = ANSWER.formatted("world");

    Interpretation found = interpretJson(200, answer.substring(0, answer.indexOf("Hello")));

    assertThat(found.metadata().responseId()).isEqualTo("chatcmpl-9");
    assertThat(found.metadata().responseModel()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(found.metadata().usage()).isEqualTo(TokenUsage.unknown());
    assertThat(found.complete()).isFalse();
  }

  @Test
  void readsBothEndsOfTruncatedAnswer() {
    TraceBody body = Bodies.truncated(ANSWER.formatted("x".repeat(9000)), 200, 300, JSON);

    Interpretation found = interpret(200, body);

    assertThat(found.metadata().responseId()).isEqualTo("chatcmpl-9");
    assertThat(found.metadata().responseModel()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(found.metadata().usage()).isEqualTo(USAGE);
    assertThat(found.complete()).isTrue();
  }

  @Test
  void addsTotalUpIfServerDoesNot() {
    Interpretation found =
        interpretJson(200, "{\"usage\": {\"prompt_tokens\": 3, \"completion_tokens\": 4}}");

    assertThat(found.metadata().usage().totalTokens()).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"7\"", "-7", "1e400", "1e99999999999", "null", "{}", "true"})
  void doesNotKnowCountThatIsNone(String count) {
    Interpretation found = interpretJson(200, "{\"usage\": {\"prompt_tokens\": " + count + "}}");

    assertThat(found.metadata().usage().inputTokens()).isNull();
  }

  @Test
  void readsErrorOfHttpStatus() {
    Interpretation found =
        interpretJson(
            429,
            """
            {"error": {"message": "Rate limit reached", "type": "requests", "param": null,
             "code": "rate_limit_exceeded"}}""");

    assertThat(found.error())
        .isEqualTo(TraceError.of("requests", "Rate limit reached", "rate_limit_exceeded"));
    assertThat(found.metadata().requestModel()).isEqualTo("gpt-4o");
    assertThat(found.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"error\": {\"code\": \"429\", \"message\": \"slow\"}}                | http_429 | 429",
        "{\"error\": \"slow\"}                                                  | http_429 |",
        "{\"object\": \"error\", \"message\": \"slow\", \"type\": \"T\", \"code\": 7} | T  | 7",
        "[{\"error\": {\"code\": 429, \"message\": \"slow\"}}]                  | http_429 | 429",
      })
  void readsErrorsOfCompatibleServers(String json, String type, String code) {
    assertThat(interpretJson(429, json).error()).isEqualTo(TraceError.of(type, "slow", code));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "<html>502</html>", "{}", "{\"error\": null}", "{\"error\": 1}", "[]"})
  void leavesUnreadableErrorToTheStatus(String body) {
    assertThat(interpretJson(502, body).error()).isNull();
  }

  private static boolean matches(HttpExchange exchange) {
    return new OpenAiChatProtocol().matches(exchange);
  }

  private static Interpretation interpretRequest(String path, TraceBody request) {
    return new OpenAiChatProtocol().interpret(HttpExchange.of("POST", path, request, 0, null));
  }
}
