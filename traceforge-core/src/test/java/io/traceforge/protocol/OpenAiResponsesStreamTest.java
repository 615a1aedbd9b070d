package io.traceforge.protocol;

import static io.traceforge.protocol.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiResponsesStreamTest {
  @Test
  void takesWholeResponseFromLastEvent() {
    Interpretation found = ResponsesFixtures.stream().interpret();

    assertThat(ResponsesFixtures.stream().assembled()).isEqualTo(json(ResponsesFixtures.ANSWER));
    assertThat(found.metadata()).isEqualTo(ResponsesFixtures.answer().interpret().metadata());
    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.complete()).isTrue();
    assertThat(found.cutShort()).isFalse();
  }

  @Test
  void assemblesItemsOfCutStream() {
    Fixture cut = ResponsesFixtures.streamWithoutLastEvent();
    Interpretation found = cut.interpret();

    assertThat(cut.assembled().get("output"))
        .isEqualTo(
            json("""
                    {"output": [
                      {"type": "reasoning", "id": "rs_1", "summary": [
                        {"type": "summary_text", "text": "She wants a greeting."}]},
                      {"type": "message", "id": "msg_1", "status": "in_progress",
                       "role": "assistant", "content": [
                         {"type": "output_text", "text": "Bonjour, 世界 🌍",
                          "annotations": [{"type": "url_citation", "url": "https://example.org"}],
                          "logprobs": [{"token": "Bon"}]}]},
                      {"type": "function_call", "id": "fc_1", "call_id": "call_1", "name": "find",
                       "arguments": "{\\"city\\":\\"Paris\\"}", "status": "in_progress"},
                      {"type": "custom_tool_call", "id": "ctc_1", "call_id": "call_2",
                       "name": "shell", "input": "ls"}]}""")
                .get("output"));
    assertThat(found.metadata().toolCalls())
        .containsExactly(
            ToolCall.of("call_1", "find", "{\"city\":\"Paris\"}"),
            ToolCall.of("call_2", "shell", "ls"));
    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.reasoningText()).isEqualTo("She wants a greeting.");
    assertThat(found.metadata().usage()).isEqualTo(TokenUsage.unknown());
    assertThat(found.metadata().finishReasons()).isEmpty();
    assertThat(found.cutShort()).isTrue();
  }

  @Test
  void keepsFinishedItemOfCutStream() {
    Fixture cut = ResponsesFixtures.streamWithoutLastEvent();
    String done =
        """
        data: {"type":"response.output_item.done","output_index":1,"item":{"type":"message",\
        "content":[{"type":"output_text","text":"Done."}]}}

        """;

    assertThat(cut.with(cut.response() + done).interpret().text()).isEqualTo("Done.");
  }

  @Test
  void joinsRefusal() {
    String refusal =
        ResponsesFixtures.streamWithoutLastEvent()
            .response()
            .replace("response.output_text.delta", "response.refusal.delta")
            .replace(
                "\"part\":{\"type\":\"output_text\",\"text\":\"\"",
                "\"part\":{\"type\":\"refusal\",\"refusal\":\"\"");

    assertThat(ResponsesFixtures.stream().with(refusal).interpret().assembledBody().text())
        .contains("\"refusal\":\"Bonjour, 世界 🌍\"");
  }

  @Test
  void putsItemsTogetherIfLastEventHasNone() {
    Fixture cut = ResponsesFixtures.streamWithoutLastEvent();
    String last =
        ResponsesFixtures.last(
            "completed", "{\"id\":\"resp_1\",\"status\":\"completed\",\"output\":[]}");

    Interpretation found = cut.with(cut.response() + last).interpret();

    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.complete()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"failed, server_error", "incomplete, ", "cancelled, "})
  void endsWithEveryLastEvent(String kind, String error) {
    Fixture cut = ResponsesFixtures.streamWithoutLastEvent();
    String response =
        ResponsesFixtures.ANSWER.replaceFirst(
            "\"status\":\"completed\"", "\"status\":\"" + kind + "\"");
    if (error != null) {
      response =
          response.replace(
              "\"error\":null", "\"error\":{\"code\":\"%s\",\"message\":\"x\"}".formatted(error));
    }

    Interpretation found =
        cut.with(cut.response() + ResponsesFixtures.last(kind, response)).interpret();

    assertThat(found.complete()).isTrue();
    assertThat(found.metadata().finishReasons()).containsExactly(kind);
    assertThat(found.error() == null ? null : found.error().type()).isEqualTo(error);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"type\":\"error\",\"code\":\"server_error\",\"message\":\"boom\",\"param\":null}",
        "{\"type\":\"error\",\"error\":{\"type\":\"server_error\",\"message\":\"boom\",\"code\":\"server_error\"}}",
      })
  void tellsErrorInsideStream(String event) {
    Fixture cut = ResponsesFixtures.streamWithoutLastEvent();

    Interpretation found =
        cut.with(cut.response() + "event: error\ndata: " + event + "\n\n").interpret();

    assertThat(found.error()).isEqualTo(TraceError.of("server_error", "boom", "server_error"));
    assertThat(found.text()).isEqualTo("Bonjour, 世界 🌍");
    assertThat(found.complete()).isFalse();
  }

  @Test
  void readsEndOfLastEventWhoseStartIsLost() {
    Fixture stream = ResponsesFixtures.stream();
    int tail = stream.response().length() - stream.response().lastIndexOf("\"arguments\"");
    TraceBody body = Bodies.truncated(stream.response(), 2_000, tail, Fixture.EVENTS);

    Interpretation found = stream.interpret(200, body);

    assertThat(found.metadata().usage())
        .isEqualTo(ResponsesFixtures.answer().interpret().metadata().usage());
    assertThat(found.metadata().responseId()).isEqualTo("resp_1");
    assertThat(found.complete()).isTrue();
    assertThat(found.cutShort()).isFalse();
  }

  @Test
  void countsReasoningAsFirstToken() {
    String stream = ResponsesFixtures.stream().response();

    assertThat(ResponsesFixtures.stream().interpret().firstContentEnd())
        .isEqualTo(stream.indexOf("\n\n", stream.indexOf("She wants a ")) + 2);
  }
}
