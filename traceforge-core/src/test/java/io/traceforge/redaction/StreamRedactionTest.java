package io.traceforge.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceResponse;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that a stream tells in pieces. */
class StreamRedactionTest {
  private static final String SHAPE = "sk-" + "proj-a8Fq2kZ0pLx7Vb3NcY5t";
  private static final String CHAT =
      "data: {\"id\":\"c1\",\"choices\":[{\"delta\":{\"content\":%s},\"index\":0}]}\n\n";
  private static final String ANTHROPIC =
      "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":1,"
          + "\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":%s}}\n\n";
  private static final String RESPONSES =
      "data: {\"type\":\"response.output_text.delta\",\"output_index\":0,\"delta\":%s,"
          + "\"logprobs\":[{\"token\":%<s,\"logprob\":-1}]}\r\n\r\n";
  private static final String LINES =
      "{\"model\":\"m\",\"message\":{\"content\":%s},\"done\":false}\n";
  private static final String UNKNOWN = "data: [\"x\",{\"piece\":%s}]\r\r";
  private static final String ARRAY =
      ",{\"candidates\":[{\"content\":{\"parts\":[{\"text\":%s}]}}]}";

  private final Redactor redactor = Redactor.secrets();

  @ParameterizedTest
  @ValueSource(strings = {CHAT, ANTHROPIC, RESPONSES, LINES, UNKNOWN, ARRAY})
  void aSecretInTwoPiecesIsTakenOutOfBothAndNothingElse(String event) {
    String text = "Use «" + SHAPE + "» now";
    for (int cut = 0; cut <= text.length(); cut++) {
      String redacted = redact(stream(event, text.substring(0, cut), text.substring(cut)));

      assertThat(String.join("", pieces(redacted, event)))
          .as("cut at %s: %s", cut, redacted)
          .isEqualTo("Use «[REDACTED]» now");
      assertThat(redacted.replaceAll("\"logprobs\":null", "")).doesNotContain("logprob");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CHAT, ANTHROPIC, LINES, UNKNOWN, ARRAY})
  void aSecretToldCharacterByCharacterIsTakenOut(String event) {
    String redacted = redact(stream(event, ("say " + SHAPE + "!").split("")));

    assertThat(String.join("", pieces(redacted, event))).isEqualTo("say [REDACTED]!");
  }

  @ParameterizedTest
  @ValueSource(strings = {CHAT, ANTHROPIC, LINES, UNKNOWN, ARRAY})
  void aNamedSecretInToolArgumentsIsTakenOut(String event) {
    String arguments = "{\"user\":\"é\\n\",\"password\": \"hun ter\\\"2\",\"n\":1}";
    String expected = "{\"user\":\"é\\n\",\"password\": \"[REDACTED]\",\"n\":1}";
    for (int cut = 0; cut <= arguments.length(); cut++) {
      String redacted =
          redact(stream(event, arguments.substring(0, cut), arguments.substring(cut)));

      assertThat(String.join("", pieces(redacted, event)))
          .as("cut at %s: %s", cut, redacted)
          .isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CHAT, ANTHROPIC, RESPONSES, LINES, UNKNOWN, ARRAY})
  void aStreamWithoutASecretStaysByteForByte(String event) {
    String text = stream(event, "Hel", "lo \u00e9\n", "\"w", "orld\" sk-", " no");
    TraceBody body = TraceBody.ofText(text, "text/event-stream");

    assertThat(Bodies.response(redactor, body)).isEqualTo(body);
  }

  @Test
  void choicesThatAreToldInTurnsAreKeptApart() {
    String first = "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"%s\"}}]}\n\n";
    String other = first.replace("\"index\":0", "\"index\":1");
    String half = SHAPE.substring(0, 10);
    String rest = SHAPE.substring(10);
    String text =
        first.formatted(half)
            + other.formatted("a b")
            + first.formatted(rest)
            + other.formatted("c");

    assertThat(redact(text))
        .isEqualTo(
            first.formatted("[REDACTED]")
                + other.formatted("a b")
                + first.formatted("")
                + other.formatted("c"));
  }

  @Test
  void probabilitiesOfADocumentGoWithItsSecret() {
    String json =
        "{\"content\":\"%s\",\"logprobs\":{\"content\":[{\"token\":\"sk\"},{\"token\":\"-\"}]},\"n\":1}";

    assertThat(Bodies.json(redactor, json.formatted(SHAPE)))
        .isEqualTo("{\"content\":\"[REDACTED]\",\"logprobs\":null,\"n\":1}");
    assertThat(Bodies.json(redactor, json.formatted("no"))).isEqualTo(json.formatted("no"));
  }

  @Test
  void aRawStreamThatTellsASecretInAWayThatIsNotUnderstoodIsDropped() {
    TraceBody raw = TraceBody.ofText("0:\"my pass\"\n0:\"word is:\"\nhunter22-x\n", "text/plain");
    TraceBody assembled = TraceBody.ofText("{\"password\":\"hunter22-x\"}", "application/json");

    TraceResponse redacted = Bodies.response(redactor, raw, assembled);

    assertThat(redacted.assembledBody().text()).isEqualTo("{\"password\":\"[REDACTED]\"}");
    assertThat(redacted.body().bytes()).isEmpty();
    assertThat(redacted.body().size()).isEqualTo(raw.size());
    assertThat(redacted.body().isTruncated()).isTrue();
  }

  private String redact(String stream) {
    return Bodies.response(redactor, TraceBody.ofText(stream, null)).text();
  }

  private static String stream(String event, String... pieces) {
    StringBuilder stream = new StringBuilder(event.equals(ARRAY) ? "[{}" : "");
    for (String piece : pieces) {
      stream.append(String.format(event, new JsonPrimitive(piece)));
    }
    return stream.append(event.equals(ARRAY) ? "]" : "").toString();
  }

  private static List<String> pieces(String stream, String event) {
    String before = event.substring(0, event.indexOf("%s"));
    String marker = before.substring(before.lastIndexOf("\"", before.length() - 3));
    List<String> pieces = new ArrayList<>();
    for (int at = stream.indexOf(marker); at >= 0; at = stream.indexOf(marker, at)) {
      at += marker.length();
      int end = Quotes.endOfContent(stream, at, true);
      pieces.add(JsonParser.parseString(stream.substring(at, end + 1)).getAsString());
      at = end;
    }
    return pieces;
  }
}
