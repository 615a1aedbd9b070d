package io.traceforge.protocol;

import static io.traceforge.protocol.ChatFixtures.chunk;
import static io.traceforge.protocol.ChatFixtures.events;
import static io.traceforge.protocol.ChatFixtures.interpret;
import static io.traceforge.protocol.ChatFixtures.interpretStream;
import static io.traceforge.protocol.ChatFixtures.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.traceforge.trace.TraceBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What servers that are nearly compatible send, and worse. */
class OpenAiChatOddShapesTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "null",
        "7",
        "\"text\"",
        "{\"choices\":7}",
        "{\"choices\":[7,null,[]]}",
        "{\"choices\":[{\"index\":\"x\",\"delta\":7}]}",
        "{\"choices\":[{\"index\":-1,\"delta\":{\"tool_calls\":7}}]}",
        "{\"choices\":[{\"index\":1e9,\"delta\":{\"tool_calls\":[7,{\"index\":1e99}]}}]}",
        "{\"choices\":[{\"index\":0,\"delta\":null,\"logprobs\":7,\"message\":7}]}",
        "{\"usage\":7,\"id\":7,\"model\":{},\"error\":7}",
        "{\"choices\":[{\"delta\":{\"content\":\"a\"",
        "{not json}",
      })
  void passesOverEventsOfOtherShape(String data) {
    Interpretation found =
        interpretStream(
            events(
                chunk("{\"content\":\"a\"}", "null"),
                data,
                chunk("{\"content\":\"b\"}", "\"stop\""),
                "[DONE]"));

    assertThat(textOf(found)).isEqualTo("ab");
    assertThat(found.complete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"7", "true", "[{\"type\":\"text\"}]", "{\"a\":1}", "null"})
  void takesContentOfChangingKind(String content) {
    Interpretation found =
        interpretStream(
            events(
                chunk("{\"content\":\"a\"}", "null"),
                chunk("{\"content\":%s}".formatted(content), "null"),
                chunk("{\"content\":\"b\"}", "null"),
                chunk("{\"content\":%s}".formatted(content), "null")));

    assertThat(message(found).has("content")).isTrue();
  }

  @Test
  void keepsTextAndPartsOfContent() {
    Interpretation found =
        interpretStream(
            events(
                chunk("{\"content\":\"a\"}", "null"),
                chunk("{\"content\":[{\"type\":\"x\"}]}", "null"),
                chunk("{\"content\":\"b\"}", "null")));

    assertThat(message(found).get("content"))
        .isEqualTo(JsonParser.parseString("[\"a\", {\"type\":\"x\"}, \"b\"]"));
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 10_000, 1_000_000})
  void passesOverDeepNesting(int depth) {
    String deep = "{\"choices\":" + "[".repeat(depth) + "]".repeat(depth) + "}";

    Interpretation found =
        interpretStream(events(deep, chunk("{\"content\":\"a\"}", "\"stop\""), "[DONE]"));

    assertThat(textOf(found)).isEqualTo("a");
    assertThat(interpret(200, TraceBody.ofText(deep, ChatFixtures.JSON)).complete()).isFalse();
  }

  @Test
  void joinsCharacterSplitIntoEscapes() {
    String[] halves = {
      chunk("{\"content\":\"\\ud83c\"}", "null"), chunk("{\"content\":\"\\udf0d\"}", "null")
    };

    assertThat(textOf(interpretStream(events(halves)))).isEqualTo("🌍");
    assertThat(textOf(interpretStream(events(halves[0])))).isEqualTo("\ud83c");
  }

  @Test
  void joinsLongStreamInLinearTime() {
    String stream = events(chunk("{\"content\":\"0123456789\"}", "null")).repeat(20_000);

    assertThat(textOf(interpretStream(stream))).hasSize(200_000);
  }

  private static String textOf(Interpretation found) {
    if (found.assembledBody() == null) {
      return "";
    }
    JsonElement content =
        ChatFixtures.assembled(found).has("choices")
                && !ChatFixtures.assembled(found).getAsJsonArray("choices").isEmpty()
            ? message(found).get("content")
            : null;
    return content == null || content.isJsonNull() ? "" : content.getAsString();
  }
}
