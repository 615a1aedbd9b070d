package io.traceforge.protocol;

import static io.traceforge.protocol.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OllamaStreamTest {
  @Test
  void assemblesChat() {
    assertThat(OllamaFixtures.chatStream().assembled())
        .isEqualTo(
            json(
                """
                {"model": "qwen3:8b", "created_at": "2026-01-01T00:00:06Z",
                 "message": {"role": "assistant", "content": "Bonjour, 世界 🌍",
                   "thinking": "She wants a greeting.", "tool_calls": [
                     {"id": "call_1", "function":
                       {"index": 0, "name": "find", "arguments": {"city": "Paris"}}},
                     {"function": {"index": 1, "name": "book", "arguments": {}}}]},
                 "done": true, "logprobs": [{"token": "Bon"}, {"token": "jour"}],
                 "done_reason": "stop", "total_duration": 5, "prompt_eval_count": 10,
                 "eval_count": 40}"""));
  }

  @Test
  void tellsTheSameAsWithoutStreaming() {
    Interpretation streamed = OllamaFixtures.chatStream().interpret();
    Interpretation whole = OllamaFixtures.chat().interpret();

    assertThat(streamed.metadata()).isEqualTo(whole.metadata());
    assertThat(streamed.text()).isEqualTo(whole.text());
    assertThat(streamed.reasoningText()).isEqualTo(whole.reasoningText());
    assertThat(streamed.complete()).isTrue();
  }

  @Test
  void assemblesGeneratedText() {
    Interpretation found = OllamaFixtures.generateStream().interpret();

    assertThat(OllamaFixtures.generateStream().assembled())
        .isEqualTo(
            json(
                """
                {"model": "qwen3:8b", "created_at": "2026-01-01T00:00:03Z",
                 "response": "Bonjour, 世界 🌍", "thinking": "Hm.", "done": true,
                 "done_reason": "length", "context": [1, 2, 3], "total_duration": 5,
                 "prompt_eval_count": 10, "eval_count": 40}"""));
    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.reasoningText()).isEqualTo("Hm.");
    assertThat(found.metadata().operation()).isEqualTo("text_completion");
    assertThat(found.metadata().finishReasons()).containsExactly("length");
    assertThat(found.metadata().usage().totalTokens()).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json", "text/plain", "text/event-stream"})
  void knowsLinesByThemselvesIfMediaTypeIsLost(String mediaType) {
    for (Fixture stream :
        new Fixture[] {OllamaFixtures.chatStream(), OllamaFixtures.generateStream()}) {
      TraceBody body = TraceBody.ofText(stream.response(), mediaType);
      TraceBody oneLine =
          TraceBody.ofText(stream.response().lines().findFirst().orElseThrow(), mediaType);

      assertThat(stream.interpret(200, body)).isEqualTo(stream.interpret());
      assertThat(stream.interpret(200, oneLine).cutShort()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"done\": true, \"response\": \"x\"}   | false",
        "'{\"done\": true, \"response\": \"x\"}\n' | false",
        "{\"done\": false, \"response\": \"x\"}  | true",
        "'{\n\"done\": true, \"response\": \"x\"}' | false",
        "{\"error\": \"x\"}                      | false",
      })
  void tellsDocumentFromStreamOfOneLine(String body, boolean isStream) {
    Interpretation found =
        OllamaFixtures.generateStream().interpret(200, TraceBody.ofText(body, Fixture.JSON));

    assertThat(found.assembledBody() != null).isEqualTo(isStream);
    assertThat(found.complete()).isEqualTo(!isStream);
  }

  @Test
  void keepsPartialTextOfCutStream() {
    Interpretation found = OllamaFixtures.chatStream().upTo("世界").interpret();

    assertThat(found.text()).isEqualTo("Bonjour, ");
    assertThat(found.metadata().usage()).isEqualTo(TokenUsage.unknown());
    assertThat(found.metadata().finishReasons()).isEmpty();
    assertThat(found.complete()).isFalse();
    assertThat(found.cutShort()).isTrue();
  }

  @Test
  void tellsErrorInsideStream() {
    Fixture cut =
        OllamaFixtures.chatStream()
            .upTo("{\"model\":\"qwen3:8b\",\"created_at\":\"2026-01-01T00:00:03Z\"");

    Interpretation found = cut.with(cut.response() + "{\"error\":\"out of memory\"}\n").interpret();

    assertThat(found.error()).isEqualTo(TraceError.of("error", "out of memory", null));
    assertThat(found.text()).isEqualTo("Bonjour, ");
  }

  @Test
  void countsThinkingAsFirstToken() {
    assertThat(OllamaFixtures.chatStream().interpret().firstContentEnd())
        .isEqualTo(OllamaFixtures.CHAT_STREAM.indexOf('\n') + 1);
  }

  @Test
  void readsFiguresOfLastLineWhoseStartIsLost() {
    String stream =
        OllamaFixtures.GENERATE_STREAM.replace("[1,2,3]", "[1" + ",1".repeat(5_000) + "]");
    TraceBody body = Bodies.truncated(stream, stream.indexOf("世界"), 200, Fixture.LINES);

    Interpretation found = OllamaFixtures.generateStream().interpret(200, body);

    assertThat(found.metadata().usage().totalTokens()).isEqualTo(50);
    assertThat(found.text()).isEqualTo("Bonjour, ");
  }
}
