package io.traceforge.viewer.internal.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.time.Instant;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads the messages of each provider's wire format. */
class ConversationTest {

  @Test
  void readsOpenAiChat() {
    assertThat(
            read(
                """
                {"messages": [
                  {"role": "developer", "content": "Be brief."},
                  {"role": "user", "content": [
                    {"type": "text", "text": "What is this?"},
                    {"type": "image_url", "image_url": {"url": "data:image/png;base64,iVBORw0KGgo="}}]},
                  {"role": "assistant", "content": null, "tool_calls": [
                    {"id": "c1", "type": "function", "function": {"name": "look", "arguments": "{}"}}]},
                  {"role": "tool", "tool_call_id": "c1", "content": "a cat"}]}
                """,
                """
                {"choices": [{"message": {"role": "assistant", "content": "A cat.",
                  "reasoning_content": "Whiskers."}}]}
                """))
        .isEqualTo(
            """
            system: TEXT Be brief.
            user: TEXT What is this? | IMAGE [image/png] data:image/png;base64,iVBORw0KGgo=
            assistant: TOOL_CALL c1 look {}
            tool: TOOL_RESULT c1 look a cat
            assistant: REASONING Whiskers. | TEXT A cat.""");
  }

  @Test
  void readsOpenAiResponses() {
    assertThat(
            read(
                """
                {"instructions": "Be brief.", "input": [
                  {"role": "user", "content": [{"type": "input_text", "text": "Weather?"}]},
                  {"type": "function_call", "call_id": "c1", "name": "weather", "arguments": "{\\"in\\":1}"},
                  {"type": "function_call_output", "call_id": "c1", "output": "rain"}]}
                """,
                """
                {"output": [
                  {"type": "reasoning", "summary": [{"type": "summary_text", "text": "It is wet."}]},
                  {"type": "message", "role": "assistant",
                   "content": [{"type": "output_text", "text": "Rain."}]}]}
                """))
        .isEqualTo(
            """
            system: TEXT Be brief.
            user: TEXT Weather?
            assistant: TOOL_CALL c1 weather {"in":1}
            tool: TOOL_RESULT c1 weather rain
            assistant: REASONING It is wet.
            assistant: TEXT Rain.""");
  }

  @Test
  void readsThoughtsOfOpenAiResponsesAsFarAsTheyAreTold() {
    assertThat(
            read(
                """
                {"input": [
                  {"role": "user", "content": "Weather?"},
                  {"type": "reasoning", "summary": [], "encrypted_content": "x"},
                  {"type": "web_search_call", "id": "w1", "status": "completed"},
                  {"type": "computer_call_output", "call_id": "c1", "output": {}}]}
                """,
                """
                {"output": [
                  {"type": "reasoning", "summary": []},
                  {"type": "reasoning", "summary": [], "content": [
                    {"type": "reasoning_text", "text": "Wet."}]},
                  {"type": "message", "role": "assistant",
                   "content": [{"type": "output_text", "text": "Rain."}]}]}
                """))
        .isEqualTo(
            """
            user: TEXT Weather?
            assistant: OTHER {"type":"web_search_call","id":"w1","status":"completed"}
            tool: OTHER {"type":"computer_call_output","call_id":"c1","output":{}}
            assistant: REASONING Wet.
            assistant: TEXT Rain.""");
  }

  @Test
  void readsAnthropicMessages() {
    assertThat(
            read(
                """
                {"system": [{"type": "text", "text": "Be brief."}], "messages": [
                  {"role": "user", "content": "Weather?"},
                  {"role": "assistant", "content": [
                    {"type": "tool_use", "id": "t1", "name": "weather", "input": {"in": "Paris"}}]},
                  {"role": "user", "content": [
                    {"type": "tool_result", "tool_use_id": "t1",
                     "content": [{"type": "text", "text": "rain"}]},
                    {"type": "image", "source":
                      {"type": "base64", "media_type": "image/jpeg", "data": "/9j/4AAQ"}}]}]}
                """,
                """
                {"role": "assistant", "content": [
                  {"type": "thinking", "thinking": "Wet."}, {"type": "text", "text": "Rain."}]}
                """))
        .isEqualTo(
            """
            system: TEXT Be brief.
            user: TEXT Weather?
            assistant: TOOL_CALL t1 weather {"in":"Paris"}
            user: TOOL_RESULT t1 weather rain | IMAGE [image/jpeg] data:image/jpeg;base64,/9j/4AAQ
            assistant: REASONING Wet. | TEXT Rain.""");
  }

  @Test
  void readsGemini() {
    assertThat(
            read(
                """
                {"systemInstruction": {"parts": [{"text": "Be brief."}]}, "contents": [
                  {"role": "user", "parts": [{"text": "Weather?"},
                    {"inlineData": {"mimeType": "image/webp", "data": "UklGRg=="}}]},
                  {"role": "model", "parts": [{"functionCall": {"name": "weather", "args": {"in": 1}}}]},
                  {"role": "user", "parts": [
                    {"functionResponse": {"name": "weather", "response": {"sky": "rain"}}}]}]}
                """,
                """
                {"candidates": [{"content": {"role": "model", "parts": [
                  {"text": "Wet.", "thought": true}, {"text": "Rain."}]}}]}
                """))
        .isEqualTo(
            """
            system: TEXT Be brief.
            user: TEXT Weather? | IMAGE [image/webp] data:image/webp;base64,UklGRg==
            assistant: TOOL_CALL weather {"in":1}
            user: TOOL_RESULT weather {"sky":"rain"}
            assistant: REASONING Wet. | TEXT Rain.""");
  }

  @Test
  void readsOllama() {
    assertThat(
            read(
                """
                {"messages": [
                  {"role": "user", "content": "Weather?", "images": ["iVBORw0KGgo="]},
                  {"role": "assistant", "content": "", "tool_calls": [
                    {"function": {"name": "weather", "arguments": {"in": "Paris"}}}]},
                  {"role": "tool", "tool_name": "weather", "content": "rain"}]}
                """,
                """
                {"message": {"role": "assistant", "content": "Rain.", "thinking": "Wet."}}
                """))
        .isEqualTo(
            """
            user: TEXT Weather? | IMAGE [image/png] data:image/png;base64,iVBORw0KGgo=
            assistant: TOOL_CALL weather {"in":"Paris"}
            tool: TOOL_RESULT weather rain
            assistant: REASONING Wet. | TEXT Rain.""");
    assertThat(read("{\"prompt\": \"Why?\"}", "{\"response\": \"So.\"}"))
        .isEqualTo("user: TEXT Why?\nassistant: TEXT So.");
  }

  @Test
  void keepsWhatItDoesNotKnow() {
    assertThat(
            read(
                "{\"messages\": [{\"role\": \"user\", \"content\": [{\"type\": \"smell\", \"of\": 1}]}, 7]}",
                "[]"))
        .isEqualTo("user: OTHER {\"type\":\"smell\",\"of\":1}\nuser: TEXT 7");
  }

  @Test
  void drawsNoImageThatCouldRunAnything() {
    assertThat(
            read(
                """
                {"messages": [{"role": "user", "content": [
                  {"type": "image_url", "image_url": "data:image/svg+xml;base64,PHN2Zz4="},
                  {"type": "image_url", "image_url": {"url": "javascript:alert(1)"}},
                  {"type": "image_url", "image_url": {"url": "https://tracker.example/a.png"}}]}]}
                """,
                "{}"))
        .isEqualTo(
            "user: IMAGE data:image/svg+xml;base64,PHN2Zz4= | IMAGE javascript:alert(1)"
                + " | IMAGE https://tracker.example/a.png");
  }

  /** Thoughts do not count: few clients send them back. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"response\": \"So.\"}",
        "{\"message\": {\"content\": \"So.\", \"thinking\": \"Hm.\"}}"
      })
  void findsWhatIsNew(String answer) {
    Conversation first = Conversation.of(trace("{\"input\": \"Why?\"}", answer));
    Conversation second =
        Conversation.of(
            trace(
                """
                {"messages": [{"role": "user", "content": "Why?"},
                  {"role": "assistant", "content": "So."}, {"role": "user", "content": "Oh."}]}
                """,
                "{}"));
    assertThat(second.firstNewAfter(first)).isEqualTo(2);
    assertThat(second.firstNewAfter(Conversation.none())).isZero();
  }

  @Test
  void takesNoAnswerForNewIfThoughtsAreMessagesOfTheirOwn() {
    String thoughts =
        "{\"type\": \"reasoning\", \"summary\": [{\"type\": \"text\", \"text\": \"Hm.\"}]},";
    String answer = "{\"type\": \"message\", \"role\": \"assistant\", \"content\": \"So.\"}";
    String oh = "{\"role\": \"user\", \"content\": \"Oh.\"}";
    Conversation first =
        Conversation.of(trace(asked(""), "{\"output\": [" + thoughts + answer + "]}"));
    Conversation without = Conversation.of(trace(asked(", " + answer + ", " + oh), "{}"));
    Conversation with = Conversation.of(trace(asked(", " + thoughts + answer + ", " + oh), "{}"));
    assertThat(without.firstNewAfter(first)).isEqualTo(2);
    assertThat(with.firstNewAfter(first)).isEqualTo(3);
  }

  private static String asked(String more) {
    return "{\"input\": [{\"role\": \"user\", \"content\": \"Why?\"}" + more + "]}";
  }

  private static String read(String request, String response) {
    return Conversation.of(trace(request, response)).messages().stream()
        .map(ConversationTest::line)
        .collect(Collectors.joining("\n"));
  }

  private static String line(Message message) {
    return message.role()
        + ": "
        + message.parts().stream().map(ConversationTest::text).collect(Collectors.joining(" | "));
  }

  private static String text(Part part) {
    return part.kind()
        + (part.id() == null ? "" : " " + part.id())
        + (part.name() == null ? "" : " " + part.name())
        + (part.mediaType() == null ? "" : " [" + part.mediaType() + "]")
        + " "
        + part.text();
  }

  private static Trace trace(String request, String response) {
    return Trace.builder()
        .id("trace")
        .startTime(Instant.EPOCH)
        .request(
            TraceRequest.of(
                "POST",
                "https://llm.test/v1",
                HttpHeaders.empty(),
                TraceBody.ofText(request, "application/json")))
        .response(
            TraceResponse.of(
                200, HttpHeaders.empty(), TraceBody.ofText(response, "application/json"), null))
        .build();
  }
}
