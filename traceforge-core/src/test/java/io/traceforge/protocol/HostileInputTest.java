package io.traceforge.protocol;

import static io.traceforge.protocol.Bodies.utf8;
import static io.traceforge.protocol.ChatFixtures.PLAIN_STREAM;
import static io.traceforge.protocol.ChatFixtures.REQUEST;
import static io.traceforge.protocol.ChatFixtures.chunk;
import static io.traceforge.protocol.ChatFixtures.events;
import static io.traceforge.protocol.ChatFixtures.interpret;
import static io.traceforge.protocol.ChatFixtures.interpretStream;
import static io.traceforge.protocol.ChatFixtures.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.TraceBody;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server sends: nothing is thrown, and what can be read is read. */
class HostileInputTest {
  private static final String TEXT = "Bonjour, 世界 🌍";

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r", "\r\n"})
  void readsPrefixOfStreamCutAtEveryByte(String lineEnd) {
    byte[] whole = utf8(PLAIN_STREAM.replace("\n", lineEnd));
    String before = "";
    for (int length = 0; length <= whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);

      Interpretation found = interpret(200, TraceBody.of(cut, ChatFixtures.EVENTS));

      String text = textOf(found);
      assertThat(TEXT).as("cut at %d", length).startsWith(text);
      assertThat(text).as("cut at %d", length).startsWith(before);
      assertThat(found.metadata().usage())
          .isIn(TokenUsage.unknown(), interpretStream(PLAIN_STREAM).metadata().usage());
      before = text;
    }
    assertThat(before).isEqualTo(TEXT);
  }

  @Test
  void readsPrefixOfStreamWithGapAtEveryByte() {
    int length = utf8(PLAIN_STREAM).length;
    for (int head = 0; head < length; head += 7) {
      for (int tail = 0; tail < length - head; tail += 11) {
        TraceBody body = Bodies.truncated(PLAIN_STREAM, head, tail, ChatFixtures.EVENTS);

        assertThat(TEXT).startsWith(textOf(interpret(200, body)));
      }
    }
  }

  @Test
  void survivesAnswerCutAtEveryByte() {
    String answer = interpretStream(PLAIN_STREAM).assembledBody().text();
    byte[] whole = utf8(answer);
    for (int length = 0; length < whole.length; length++) {
      TraceBody cut = TraceBody.of(Arrays.copyOf(whole, length), ChatFixtures.JSON);

      assertThat(interpret(200, cut).complete()).as("cut at %d", length).isFalse();
    }
  }

  @Test
  void survivesRandomBytes() {
    Random random = new Random(20260101);
    LlmProtocol protocol = new OpenAiChatProtocol();
    for (int i = 0; i < 3_000; i++) {
      TraceBody request = randomBody(random, utf8(REQUEST));
      TraceBody response = randomBody(random, utf8(PLAIN_STREAM));
      HttpExchange exchange = HttpExchange.of("POST", ChatFixtures.PATH, request, 200, response);

      assertThat(protocol.interpret(exchange).metadata().provider()).isEqualTo("openai");
      assertThat(protocol.matches(exchange)).isIn(true, false);
    }
  }

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

  /** Returns noise, or bytes of a sound body with some of them replaced, whole or with a gap. */
  private static TraceBody randomBody(Random random, byte[] sound) {
    byte[] bytes = random.nextInt(4) == 0 ? new byte[random.nextInt(200)] : sound.clone();
    if (bytes.length != sound.length) {
      random.nextBytes(bytes);
    }
    for (int i = random.nextInt(10); i > 0 && bytes.length > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) "{}[]\",:\\\n\r 0ax".charAt(random.nextInt(14));
    }
    String mediaType = random.nextBoolean() ? ChatFixtures.EVENTS : ChatFixtures.JSON;
    return random.nextBoolean()
        ? TraceBody.of(bytes, mediaType)
        : TraceBody.truncated(bytes, random.nextInt(bytes.length + 1), 10_000, mediaType);
  }
}
