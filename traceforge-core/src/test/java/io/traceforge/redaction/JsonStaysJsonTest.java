package io.traceforge.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random documents, each written twice: with secrets, and with what is to stand there instead. */
class JsonStaysJsonTest {
  private static final String SHAPE = "sk-" + "proj-a8Fq2kZ0pLx7Vb3NcY5t";
  private static final List<String> BLANKS = List.of("", "", " ", "\n", "\t", "\r\n  ");
  private static final List<String> TEXTS =
      List.of(
          "plain",
          "",
          "é",
          "\\u00e9\\ud83d\\ude00",
          "\\\"quoted\\\"",
          "back\\\\slash\\\\",
          "\\n\\t\\r",
          "{\\\"a\\\":1}",
          "'it''s'",
          "-----",
          "a: b",
          "\\/",
          "\\u003d\\u0026",
          "https://h/x",
          "€ 😀",
          ":",
          ",",
          "}",
          "]",
          "\\\\\\\"",
          "sk-",
          "Bearer");
  private static final List<String> LAST_TEXTS =
      List.of("password:", "password= ", "api_key=\\\"", "Authorization:", "'secret': '", "https:");
  private static final List<String> NAMES =
      List.of("a", "max_tokens", "prompt_tokens", "token_count", "token", "content", "ä", "\\\"");
  private static final List<String> SECRET_NAMES = List.of("password", "apiKey", "client_secret");

  private final StringBuilder with = new StringBuilder();
  private final StringBuilder without = new StringBuilder();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everythingButTheSecretsStaysByteForByte(int seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 500; i++) {
      with.setLength(0);
      without.setLength(0);
      value(random, 4);

      String redacted = Bodies.json(Redactor.secrets(), with.toString());

      assertThat(redacted).isEqualTo(without.toString());
      requireStrict(redacted);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {11, 12, 13, 14})
  void theSameInJsonStringsInJsonStrings(int seed) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      with.setLength(0);
      without.setLength(0);
      value(random, 3);
      int depth = 1 + random.nextInt(3);

      String redacted = Bodies.json(Redactor.secrets(), nested(with.toString(), depth));

      requireStrict(redacted);
      assertThat(unnested(redacted, depth))
          .as(redacted)
          .isEqualTo(JsonParser.parseString(without.toString()));
    }
  }

  private void value(Random random, int depth) {
    blank(random);
    int kind = random.nextInt(depth == 0 ? 5 : 8);
    switch (kind) {
      case 0 -> both(List.of("1", "-2.5e3", "true", "null", "123456789012").get(random.nextInt(5)));
      case 1 -> secretText(random);
      case 2, 3 -> both("\"" + pick(TEXTS, random) + pick(TEXTS, random) + "\"");
      case 4 -> both("\"" + pick(LAST_TEXTS, random) + "\"");
      case 5 -> list(random, depth);
      default -> object(random, depth);
    }
    blank(random);
  }

  private void secretText(Random random) {
    String before =
        pick(List.of("", " ", "\\n", "é ", "\\u00e9 ", "\\\"", "(", "https://h/"), random);
    String after = pick(List.of("", " ", "\\n", ".", "\\\"", "é", "\\u00e9"), random);
    with.append('"').append(before).append(SHAPE).append(after).append('"');
    without.append('"').append(before).append("[REDACTED]").append(after).append('"');
  }

  private void list(Random random, int depth) {
    both("[");
    int length = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      both(i == 0 ? "" : ",");
      value(random, depth - 1);
    }
    both("]");
  }

  private void object(Random random, int depth) {
    both("{");
    int length = random.nextInt(4);
    for (int i = 0; i < length; i++) {
      both(i == 0 ? "" : ",");
      blank(random);
      boolean secret = random.nextInt(3) == 0;
      both("\"" + pick(secret ? SECRET_NAMES : NAMES, random) + "\"");
      blank(random);
      both(":");
      if (secret) {
        blank(random);
        with.append(pick(List.of("\"hun\\\"ter\\\\\"", "\"p{w},\"", "12.5", "\"é\\n\""), random));
        without.append("\"[REDACTED]\"");
        blank(random);
      } else {
        value(random, depth - 1);
      }
    }
    both("}");
  }

  private void blank(Random random) {
    both(pick(BLANKS, random));
  }

  private void both(String text) {
    with.append(text);
    without.append(text);
  }

  private static String pick(List<String> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  private static String nested(String json, int depth) {
    String text = json;
    for (int i = 0; i < depth; i++) {
      text = "{\"a\":" + new JsonPrimitive(text) + "}";
    }
    return text;
  }

  private static JsonElement unnested(String json, int depth) {
    JsonElement element = JsonParser.parseString(json);
    for (int i = 0; i < depth; i++) {
      element = JsonParser.parseString(element.getAsJsonObject().get("a").getAsString());
    }
    return element;
  }

  private static void requireStrict(String json) throws IOException {
    JsonReader reader = new JsonReader(new StringReader(json));
    reader.setStrictness(Strictness.STRICT);
    reader.skipValue();
    assertThat(reader.peek()).isEqualTo(JsonToken.END_DOCUMENT);
  }
}
