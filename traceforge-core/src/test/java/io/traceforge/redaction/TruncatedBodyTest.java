package io.traceforge.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonPrimitive;
import io.traceforge.trace.TraceBody;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A gap in a body may cut a secret in two: no half of it may stay. */
class TruncatedBodyTest {
  private static final String RANDOM = "a8Fq2kZ0pLx7Vb3NcY5tRw9Ds1GhJ4mE6uQiOoTzXyKf";
  private static final String LINE = (RANDOM + RANDOM).substring(0, 64);

  private static final String MARKS = "-----BEGIN PRIVATE KEY-----END PRIVATE KEY-----";

  private final Redactor redactor = Redactor.secrets();

  /** The secret stands between the angle quotes. */
  static Stream<String> texts() {
    String key =
        "-----BEGIN PRIVATE KEY-----\n"
            + (LINE + "\n").repeat(5)
            + "Zz9==\n-----END PRIVATE KEY-----";
    String json =
        "{\"model\":\"m\",\"text\":\"some words\",%s,\"next\":\"stays here\",\"n\":[1,2]}";
    return Stream.of(
        json.formatted("\"a\":\"it is «sk-" + RANDOM + "», see\""),
        json.formatted(
            "\"a\":\"«ey" + "J" + RANDOM + "." + RANDOM.repeat(5) + "." + RANDOM + "»\""),
        json.formatted("\"password\":\"«my own secret, phrase (5)»\""),
        json.formatted(
            "\"api_key\" : [ \"«first secret\" , \"second secret\" , \"third secret»\" ]"),
        json.formatted("\"arguments\":\"{\\\"password\\\":\\\"«my own secret»\\\",\\\"b\\\":1}\""),
        json.formatted("\"a\":\"«" + key.replace("\n", "\\n") + "»\""),
        json.formatted("\"u\":\"postgresql://«user:p%23ss!w,ord»@host:5432/x\""),
        json.formatted("\"h\":\"Authorization: Bearer «" + RANDOM + "/+=»\\r\\nHost: h\""),
        "notes first\n«" + key + "»\nmore notes\nlast line",
        "user=me&client_secret=«p%20w%2Fx1» and more".replace(" and more", "&a=b&next=stays"),
        "DB_USER=me\nDB_PASSWORD=«p@ss,w(o)rd»\nNEXT=stays\nLAST=1\n");
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noHalfOfASecretStaysWhereverTheGapBegins(String marked) {
    String text = plain(marked);
    String secret = secret(marked);
    for (int cut = 0; cut < text.length() - 4; cut++) {
      TraceBody body = Bodies.cut(text, cut, text.length() - 4, "text/plain");

      assertNothingTold(redactor, body, secret, cut);
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noHalfOfASecretStaysWhereverTheGapEnds(String marked) {
    String text = plain(marked);
    String secret = secret(marked);
    for (int cut = 4; cut < text.length(); cut++) {
      TraceBody body = Bodies.cut(text, 4, cut, "text/plain");

      assertNothingTold(redactor, body, secret, cut);
    }
  }

  @Test
  void whatDoesNotTouchTheGapStays() {
    String text =
        "{\"first\":\"stays\",\"a\":\"b" + " word".repeat(50) + "\",\"last\":\"stays too\"}";
    int end = text.indexOf("word word\"");

    String kept = Bodies.kept(Bodies.request(redactor, Bodies.cut(text, 60, end, null)));

    assertThat(kept)
        .startsWith("{\"first\":\"stays\",\"a\":\"b word")
        .endsWith(",\"last\":\"stays too\"}");
  }

  @Test
  void aLongWordBesideTheGapStaysInTheMain() {
    String image = "{\"image\":\"" + "iVBORw0KGgo".repeat(10_000) + "\"}";

    TraceBody redacted = Bodies.request(redactor, Bodies.cut(image, 50_000, 60_000, null));

    assertThat(redacted.headLength()).isBetween(49_900, 50_000);
    assertThat(redacted.bytes().length - redacted.headLength()).isBetween(30_000, 50_000);
    assertThat(redacted.size()).isEqualTo(image.length() - 10_000 + 1_000_000L);
  }

  @ParameterizedTest
  @MethodSource("texts")
  void noHalfOfASecretToldInPiecesStays(String marked) {
    String text = plain(marked);
    String secret = secret(marked);
    StringBuilder stream = new StringBuilder();
    for (int at = 0; at < text.length(); at += 3) {
      String piece = text.substring(at, Math.min(text.length(), at + 3));
      stream.append("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":");
      stream.append(new JsonPrimitive(piece)).append("}}]}\n\n");
    }
    for (int cut = 50; cut < stream.length() - 50; cut += 97) {
      TraceBody head = Bodies.cut(stream.toString(), cut, stream.length() - 1, "text/event-stream");
      TraceBody tail = Bodies.cut(stream.toString(), 6, cut, "text/event-stream");

      assertJoinedTellNothing(head, secret, cut);
      assertJoinedTellNothing(tail, secret, cut);
    }
  }

  private void assertJoinedTellNothing(TraceBody body, String secret, int cut) {
    TraceBody redacted = Bodies.response(redactor, body);
    StringBuilder joined = new StringBuilder();
    String[] parts = Bodies.kept(redacted).split("\"content\":", -1);
    for (int i = 1; i < parts.length; i++) {
      int end = parts[i].isEmpty() ? 0 : Quotes.endOfContent(parts[i], 0, true);
      joined.append(parts[i], Math.min(1, end), end);
    }
    assertTellsNothing(joined.toString().replace("\\\"", "\"").replace("\\\\", "\\"), secret, cut);
  }

  private static void assertNothingTold(Redactor redactor, TraceBody body, String secret, int cut) {
    TraceBody redacted = Bodies.request(redactor, body);
    assertThat(redacted.isTruncated()).isTrue();
    String kept = Bodies.kept(redacted);
    assertTellsNothing(kept.substring(0, redacted.headLength()), secret, cut);
    assertTellsNothing(kept.substring(redacted.headLength()), secret, cut);
  }

  private static void assertTellsNothing(String kept, String secret, int cut) {
    for (int at = 0; at + 5 <= secret.length(); at++) {
      String part = secret.substring(at, at + 5);
      if (part.matches("[A-Za-z0-9].*[A-Za-z0-9]") && !MARKS.contains(part)) {
        assertThat(kept).as("cut at %s", cut).doesNotContain(part);
      }
    }
  }

  private static String plain(String marked) {
    return marked.replace("«", "").replace("»", "");
  }

  private static String secret(String marked) {
    return marked.substring(marked.indexOf('«') + 1, marked.indexOf('»'));
  }
}
