package io.traceforge.protocol;

import static io.traceforge.protocol.Bodies.json;
import static io.traceforge.protocol.Bodies.utf8;
import static io.traceforge.protocol.ChatFixtures.PLAIN_STREAM;
import static io.traceforge.protocol.ChatFixtures.assembled;
import static io.traceforge.protocol.ChatFixtures.choice;
import static io.traceforge.protocol.ChatFixtures.chunk;
import static io.traceforge.protocol.ChatFixtures.events;
import static io.traceforge.protocol.ChatFixtures.interpret;
import static io.traceforge.protocol.ChatFixtures.interpretStream;
import static io.traceforge.protocol.ChatFixtures.message;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenAiChatStreamTest {
  private static final String TOOL_STREAM =
      events(
          chunk("{\"role\":\"assistant\",\"content\":null}", "null"),
          chunk(
              tool(0, "\"id\":\"call_a\",\"type\":\"function\",", "\"name\":\"find\",", ""),
              "null"),
          chunk(tool(0, "", "", "{\\\"city\\\":"), "null"),
          chunk(
              tool(1, "\"id\":\"call_b\",\"type\":\"function\",", "\"name\":\"book\",", ""),
              "null"),
          chunk(tool(0, "", "", "\\\"Paris\\\"}"), "null"),
          chunk(tool(1, "", "", "{\\\"seat\\\":"), "null"),
          chunk(tool(1, "", "", "7}"), "null"),
          chunk("{}", "\"tool_calls\""),
          "[DONE]");

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void assemblesPlainAnswer(String lineEnd) {
    String stream = PLAIN_STREAM.replace("\n", lineEnd);

    Interpretation found = interpretStream(stream);

    assertThat(assembled(found))
        .isEqualTo(
            json(
                """
                {"id": "chatcmpl-1", "object": "chat.completion", "created": 1700000000,
                 "model": "gpt-4o-2024-08-06", "service_tier": "default",
                 "system_fingerprint": "fp_1",
                 "choices": [{"index": 0,
                   "message": {"role": "assistant", "content": "Bonjour, 世界 🌍", "refusal": null},
                   "finish_reason": "stop", "logprobs": null}],
                 "usage": {"prompt_tokens": 9, "completion_tokens": 12, "total_tokens": 21,
                   "prompt_tokens_details": {"cached_tokens": 4, "cache_write_tokens": 2},
                   "completion_tokens_details": {"reasoning_tokens": 3}}}"""));
    assertThat(found.assembledBody().mediaType()).isEqualTo("application/json");
    assertThat(found.metadata().responseId()).isEqualTo("chatcmpl-1");
    assertThat(found.metadata().responseModel()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(found.metadata().finishReasons()).containsExactly("stop");
    assertThat(found.metadata().usage().totalTokens()).isEqualTo(21);
    assertThat(found.metadata().usage().cachedInputTokens()).isEqualTo(4);
    assertThat(found.complete()).isTrue();
    assertThat(found.error()).isNull();
    assertThat(found.firstContentEnd()).isEqualTo(endOfEvent(stream, 2, lineEnd));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void joinsArgumentsOfParallelToolCalls(String lineEnd) {
    String stream = TOOL_STREAM.replace("\n", lineEnd);

    Interpretation found = interpretStream(stream);

    assertThat(found.metadata().toolCalls())
        .containsExactly(
            ToolCall.of("call_a", "find", "{\"city\":\"Paris\"}"),
            ToolCall.of("call_b", "book", "{\"seat\":7}"));
    assertThat(message(found))
        .isEqualTo(
            json(
                """
                {"role": "assistant", "content": null, "tool_calls": [
                  {"id": "call_a", "type": "function",
                   "function": {"name": "find", "arguments": "{\\"city\\":\\"Paris\\"}"}},
                  {"id": "call_b", "type": "function",
                   "function": {"name": "book", "arguments": "{\\"seat\\":7}"}}]}"""));
    assertThat(found.metadata().usage()).isEqualTo(TokenUsage.unknown());
    assertThat(found.firstContentEnd()).isEqualTo(endOfEvent(stream, 2, lineEnd));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void keepsChoicesApart(String lineEnd) {
    Interpretation found =
        interpretStream(
            events(
                    chunk(1, "{\"role\":\"assistant\",\"content\":\"B\"}", "null"),
                    chunk(0, "{\"role\":\"assistant\",\"content\":\"A\"}", "null"),
                    chunk(1, "{\"content\":\"b\"}", "\"length\""),
                    chunk(0, "{\"content\":\"a\"}", "null"),
                    chunk(0, "{}", "\"stop\""),
                    "[DONE]")
                .replace("\n", lineEnd));

    assertThat(content(found, 0)).isEqualTo("Aa");
    assertThat(content(found, 1)).isEqualTo("Bb");
    assertThat(found.metadata().finishReasons()).containsExactly("stop", "length");
  }

  @ParameterizedTest
  @ValueSource(strings = {"refusal", "reasoning_content", "reasoning"})
  void joinsTextBesideContent(String member) {
    String stream =
        events(
            chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
            chunk("{\"%s\":\"I \"}".formatted(member), "null"),
            chunk("{\"%s\":\"think\"}".formatted(member), "null"),
            chunk("{\"content\":\"!\"}", "\"stop\""),
            "[DONE]");

    Interpretation found = interpretStream(stream);

    assertThat(message(found).get(member).getAsString()).isEqualTo("I think");
    assertThat(content(found, 0)).isEqualTo("!");
    assertThat(found.firstContentEnd()).isEqualTo(endOfEvent(stream, 2, "\n"));
  }

  @Test
  void joinsDeprecatedFunctionCall() {
    Interpretation found =
        interpretStream(
            events(
                chunk("{\"function_call\":{\"name\":\"find\",\"arguments\":\"{\\\"a\"}}", "null"),
                chunk("{\"function_call\":{\"arguments\":\"\\\":1}\"}}", "\"function_call\"")));

    assertThat(found.metadata().toolCalls())
        .containsExactly(ToolCall.of(null, "find", "{\"a\":1}"));
  }

  @Test
  void appendsArraysAndKeepsUnknownMembers() {
    Interpretation found =
        interpretStream(
            events(
                """
                {"id":"1","x_top":{"a":1},"choices":[{"index":0,"delta":{"content":"a",\
                "annotations":[{"n":1}],"x_text":"p","x_number":1,"x_object":{"t":"u","k":true},\
                "audio":{"id":"au","data":"QUJD","expires_at":1}},\
                "logprobs":{"content":[{"token":"a"}],"refusal":null}}]}""",
                """
                {"id":"1","choices":[{"index":0,"x_choice":5,"delta":{"content":"b",\
                "annotations":[{"n":2}],"x_text":"q","x_number":2,"x_object":{"t":"v"},\
                "audio":{"id":"au","data":"REVG","expires_at":2}},\
                "logprobs":{"content":[{"token":"b"}],"refusal":null},"finish_reason":"stop"}]}"""));

    assertThat(assembled(found))
        .isEqualTo(
            json(
                """
                {"id": "1", "object": "chat.completion", "x_top": {"a": 1}, "choices": [
                  {"index": 0, "x_choice": 5, "finish_reason": "stop", "message": {
                    "content": "ab", "annotations": [{"n": 1}, {"n": 2}], "x_text": "pq",
                    "x_number": 2, "x_object": {"t": "uv", "k": true},
                    "audio": {"id": "au", "data": "QUJDREVG", "expires_at": 2}},
                   "logprobs": {"content": [{"token": "a"}, {"token": "b"}], "refusal": null}}]}"""));
  }

  @Test
  void keepsPartialTextOfCutStream() {
    String cut = PLAIN_STREAM.substring(0, PLAIN_STREAM.indexOf("世界"));

    Interpretation found = interpretStream(cut);

    assertThat(content(found, 0)).isEqualTo("Bonjour, ");
    assertThat(found.metadata().usage()).isEqualTo(TokenUsage.unknown());
    assertThat(found.metadata().finishReasons()).isEmpty();
    assertThat(found.complete()).isFalse();
  }

  /** As of servers that count along in each chunk. */
  @Test
  void doesNotTakeCountSoFarForUsage() {
    String counting = "\"usage\":{\"prompt_tokens\":9,\"completion_tokens\":1,\"total_tokens\":10}";
    String start = events(chunk("{\"content\":\"a\"}", "null").replace("\"usage\":null", counting));
    String end = events(chunk("{}", "\"stop\"").replace("\"usage\":null", counting));

    assertThat(interpretStream(start).metadata().usage())
        .isEqualTo(TokenUsage.builder().inputTokens(9L).build());
    assertThat(interpretStream(start + end).metadata().usage().totalTokens()).isEqualTo(10);
    assertThat(interpretStream(start + events("[DONE]")).metadata().usage().totalTokens())
        .isEqualTo(10);
  }

  @Test
  void readsLastEventWithoutItsEmptyLine() {
    Interpretation found = interpretStream(PLAIN_STREAM.strip());

    assertThat(found.complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "data: {\"error\":{\"message\":\"boom\",\"type\":\"server_error\",\"code\":\"500\"}}\n\n",
        "event: error\ndata: {\"message\":\"boom\",\"type\":\"server_error\",\"code\":500}\n\n",
      })
  void tellsErrorInsideStream(String error) {
    Interpretation found = interpretStream(events(chunk("{\"content\":\"Bon\"}", "null")) + error);

    assertThat(found.error()).isEqualTo(TraceError.of("server_error", "boom", "500"));
    assertThat(content(found, 0)).isEqualTo("Bon");
    assertThat(found.complete()).isFalse();
  }

  @Test
  void assemblesErrorAlone() {
    Interpretation found = interpretStream("data: {\"error\":{\"message\":\"boom\"}}\n\n");

    assertThat(assembled(found)).isEqualTo(json("{\"error\":{\"message\":\"boom\"}}"));
    assertThat(found.error()).isEqualTo(TraceError.of("error", "boom", null));
  }

  @Test
  void readsEndOfStreamWhoseMiddleWasNotKept() {
    String middle = events(chunk("{\"content\":\"more \"}", "null")).repeat(100);
    String start = events(chunk("{\"role\":\"assistant\",\"content\":\"Start \"}", "null"));
    String end = PLAIN_STREAM.substring(PLAIN_STREAM.indexOf("data: ", 900));
    TraceBody body =
        Bodies.truncated(
            start + middle + end,
            utf8(start).length + 40,
            utf8(end).length + 40,
            ChatFixtures.EVENTS);

    Interpretation found = interpret(200, body);

    assertThat(content(found, 0)).isEqualTo("Start ");
    assertThat(found.metadata().finishReasons()).containsExactly("stop");
    assertThat(found.metadata().usage().totalTokens()).isEqualTo(21);
    assertThat(found.complete()).isTrue();
    assertThat(found.firstContentEnd()).isEqualTo(utf8(start).length);
  }

  @Test
  void joinsNoTextFromAfterGap() {
    int length = utf8(PLAIN_STREAM).length;
    int head = PLAIN_STREAM.indexOf("jour");
    int tail = length - PLAIN_STREAM.indexOf("data: ", head);

    Interpretation found =
        interpret(200, Bodies.truncated(PLAIN_STREAM, head, tail + 1, ChatFixtures.EVENTS));

    assertThat(content(found, 0)).isEqualTo("Bon");
    assertThat(found.metadata().finishReasons()).containsExactly("stop");
  }

  @Test
  void readsNothingFromEventWhoseStartIsLost() {
    String stream = PLAIN_STREAM.replace("data: [DONE]", "data: lost\ndata: [DONE]");
    int head = stream.indexOf("data: lost");
    int tail = "lost\ndata: [DONE]\n\n".length();

    Interpretation found =
        interpret(200, Bodies.truncated(stream, head, tail, ChatFixtures.EVENTS));

    assertThat(found.complete()).isFalse();
  }

  @Test
  void tellsNoFirstContentFromAfterGap() {
    TraceBody body = Bodies.truncated(PLAIN_STREAM, 10, 900, ChatFixtures.EVENTS);

    Interpretation found = interpret(200, body);

    assertThat(found.firstContentEnd()).isEqualTo(-1);
    assertThat(found.metadata().usage().totalTokens()).isEqualTo(21);
  }

  @Test
  void keepsWhatLaterChunksLeaveOut() {
    String usage = PLAIN_STREAM.lines().filter(line -> line.contains("total")).findFirst().get();

    Interpretation found =
        interpretStream(
            events(chunk("{\"content\":\"a\"}", "\"stop\""))
                + usage
                + "\n\n"
                + events(chunk("{\"content\":\"b\"}", "null").replace("chatcmpl-1", "")));

    assertThat(content(found, 0)).isEqualTo("ab");
    assertThat(found.metadata().finishReasons()).containsExactly("stop");
    assertThat(found.metadata().usage().totalTokens()).isEqualTo(21);
    assertThat(found.metadata().responseId()).isEqualTo("chatcmpl-1");
  }

  @Test
  void takesAzureStream() {
    Interpretation found =
        interpretStream(
            events(
                """
                {"choices":[],"created":0,"id":"","model":"","object":"",\
                "prompt_filter_results":[{"prompt_index":0}]}""",
                chunk("{\"content\":\"Hi\"}", "\"stop\""),
                "[DONE]"));

    assertThat(found.metadata().responseId()).isEqualTo("chatcmpl-1");
    assertThat(found.metadata().responseModel()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(assembled(found).getAsJsonArray("prompt_filter_results")).hasSize(1);
  }

  @Test
  void doesNotJoinWhatServersRepeat() {
    String first = tool(0, "\"id\":\"call_a\",\"type\":\"function\",", "\"name\":\"find\",", "[");
    String again = tool(0, "\"id\":\"call_x\",\"type\":\"function\",", "\"name\":null,", "1");
    String named = tool(0, "\"id\":\"call_a\",\"type\":\"function\",", "\"name\":\"find\",", "]");

    Interpretation found =
        interpretStream(
            events(
                chunk("{\"role\":\"assistant\",\"content\":\"a\"}", "null"),
                chunk("{\"role\":\"assistant\",\"content\":\"b\"}", "null"),
                chunk(first, "null"),
                chunk(again, "null"),
                chunk(named, "null")));

    assertThat(message(found).get("role").getAsString()).isEqualTo("assistant");
    assertThat(found.metadata().toolCalls()).containsExactly(ToolCall.of("call_a", "find", "[1]"));
  }

  @Test
  void tellsToolCallsApartThatShareAnIndex() {
    String first = tool(0, "\"id\":\"call_a\",", "\"name\":\"find\",", "1");
    String second = tool(0, "\"id\":\"call_b\",", "\"name\":\"find\",", "2");

    Interpretation found =
        interpretStream(
            events(
                chunk(first, "null"),
                chunk(second.replace("\"index\":0,", ""), "null"),
                chunk(second.replace("call_b", "call_c"), "null")));

    assertThat(found.metadata().toolCalls())
        .extracting(ToolCall::id)
        .containsExactly("call_a", "call_b", "call_c");
  }

  @Test
  void takesMessageWhereServerSendsNoDelta() {
    Interpretation found =
        interpretStream(
            events(
                """
                {"choices":[{"index":0,"message":{"content":"whole"},"finish_reason":"stop"}]}"""));

    assertThat(content(found, 0)).isEqualTo("whole");
  }

  private static String tool(int index, String identity, String name, String arguments) {
    return """
    {"tool_calls":[{"index":%d,%s"function":{%s"arguments":"%s"}}]}"""
        .formatted(index, identity, name, arguments);
  }

  private static String content(Interpretation found, int choice) {
    return choice(found, choice).getAsJsonObject("message").get("content").getAsString();
  }

  /** Returns how many bytes a stream has up to the end of its n-th event. */
  private static long endOfEvent(String stream, int n, String lineEnd) {
    int end = 0;
    for (int i = 0; i < n; i++) {
      end = stream.indexOf(lineEnd + lineEnd, end) + 2 * lineEnd.length();
    }
    return utf8(stream.substring(0, end)).length;
  }
}
