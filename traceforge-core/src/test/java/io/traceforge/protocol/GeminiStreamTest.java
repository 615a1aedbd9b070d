package io.traceforge.protocol;

import static io.traceforge.protocol.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceBody;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GeminiStreamTest {
  static List<Fixture> forms() {
    return List.of(GeminiFixtures.events(), GeminiFixtures.array());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void assemblesPieces(Fixture form) {
    assertThat(form.assembled())
        .isEqualTo(
            json(
                """
                {"candidates": [
                   {"content": {"role": "model", "parts": [
                      {"text": "She wants a greeting.", "thought": true},
                      {"text": "Bonjour, 世界 🌍"},
                      {"functionCall": {"name": "find", "args": {"city": "Paris"}},
                       "thoughtSignature": "c2ln"},
                      {"functionCall": {"name": "book", "args": {}}},
                      {"text": ""}]},
                    "index": 0, "finishReason": "STOP",
                    "groundingMetadata": {"webSearchQueries": ["x"]},
                    "citationMetadata": {"citationSources": [{"startIndex": 0}, {"startIndex": 9}]},
                    "logprobsResult": {"chosenCandidates": [{"token": "Bon"}, {"token": "jour"}]}},
                   {"content": {"role": "model", "parts": [{"text": "Bon"}]}, "index": 1,
                    "finishReason": "MAX_TOKENS"}],
                 "usageMetadata": {"promptTokenCount": 100, "toolUsePromptTokenCount": 10,
                   "thoughtsTokenCount": 5, "candidatesTokenCount": 40,
                   "cachedContentTokenCount": 60, "totalTokenCount": 155},
                 "modelVersion": "gemini-2.5-flash-001", "responseId": "resp_1"}"""));
  }

  @ParameterizedTest
  @MethodSource("forms")
  void tellsTheSameAsWithoutStreaming(Fixture form) {
    Interpretation streamed = form.interpret();
    Interpretation whole = GeminiFixtures.answer().interpret();

    assertThat(streamed.text()).isEqualTo(whole.text());
    assertThat(streamed.reasoningText()).isEqualTo(whole.reasoningText());
    assertThat(streamed.metadata().usage()).isEqualTo(whole.metadata().usage());
    assertThat(streamed.metadata().finishReasons()).containsExactly("STOP", "MAX_TOKENS");
    assertThat(streamed.metadata().toolCalls())
        .extracting(ToolCall::name)
        .containsExactly("find", "book");
    assertThat(streamed.complete()).isTrue();
    assertThat(streamed.cutShort()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void endsWhenAllCandidatesHaveFinished(Fixture form) {
    String first = GeminiFixtures.PIECES[2];
    Interpretation found =
        form.interpret(
            200,
            TraceBody.ofText(
                form.response().substring(0, form.response().indexOf(first) + first.length()),
                form.mediaType()));

    assertThat(found.metadata().finishReasons()).containsExactly("MAX_TOKENS");
    assertThat(found.complete()).isFalse();
    assertThat(found.cutShort()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void doesNotTakeCountSoFarForUsage(Fixture form) {
    Interpretation found = form.upTo("世界").interpret();

    assertThat(found.text()).isEqualTo("Bonjour, ");
    assertThat(found.cutShort()).isTrue();
    assertThat(found.metadata().usage()).isEqualTo(TokenUsage.builder().inputTokens(100L).build());
  }

  @ParameterizedTest
  @MethodSource("forms")
  void tellsFirstToken(Fixture form) {
    int start = form.response().indexOf(GeminiFixtures.PIECES[0]);
    int end = start + GeminiFixtures.PIECES[0].length();

    assertThat(form.interpret().firstContentEnd())
        .isEqualTo(form.mediaType().equals(Fixture.JSON) ? end : end + 4);
  }

  @ParameterizedTest
  @MethodSource("forms")
  void readsUsageAfterGapInsideLastPiece(Fixture form) {
    int tail = form.response().length() - form.response().lastIndexOf("\"usageMetadata\"");
    TraceBody body = Bodies.truncated(form.response(), 300, tail + 20, form.mediaType());

    Interpretation found = form.interpret(200, body);

    assertThat(found.metadata().usage().inputTokens()).isEqualTo(110);
  }

  @Test
  void endsWithBlockedPrompt() {
    String event = "data: " + GeminiFixtures.BLOCKED.replace("\n", "") + "\n\n";

    Interpretation found = GeminiFixtures.events().with(event).interpret();

    assertThat(found.metadata().finishReasons()).containsExactly("SAFETY");
    assertThat(found.metadata().usage().totalTokens()).isEqualTo(7);
    assertThat(found.complete()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("forms")
  void tellsErrorInsideStream(Fixture form) {
    Fixture cut = form.upTo(GeminiFixtures.PIECES[2]);

    Interpretation found =
        cut.with(cut.response() + GeminiFixtures.ERROR.replace("\n", "")).interpret();

    assertThat(found.error().type()).isEqualTo("RESOURCE_EXHAUSTED");
    assertThat(found.text()).isEqualTo("Bonjour, ");
    assertThat(found.complete()).isFalse();
  }
}
