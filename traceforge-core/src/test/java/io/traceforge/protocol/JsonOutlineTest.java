package io.traceforge.protocol;

import static io.traceforge.protocol.Bodies.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.traceforge.trace.TraceBody;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonOutlineTest {
  private static final Set<String> WANTED = Set.of("model", "messages", "stream", "usage");

  @Test
  void readsTopLevelMembersOnly() {
    JsonOutline outline =
        outline(
            """
            {"nested": {"model": "no"}, "messages": [{"model": "no"}], "model": "yes",
             "stream": false}""");

    assertThat(outline.members())
        .isEqualTo(json("{\"messages\": [], \"model\": \"yes\", \"stream\": false}"));
    assertThat(outline.lacksOthers()).isTrue();
  }

  @Test
  void tellsWhatStandsBeforeTheBreak() {
    JsonOutline outline = outline("{\"model\": \"gpt\", \"stream\": true, \"messages\": [{\"con");

    assertThat(outline.members())
        .isEqualTo(json("{\"model\": \"gpt\", \"stream\": true, \"messages\": []}"));
    assertThat(outline.lacksOthers()).isFalse();
  }

  @Test
  void doesNotTellValueThatIsCut() {
    assertThat(outline("{\"stream\": true, \"model\": \"gp").members())
        .isEqualTo(json("{\"stream\": true}"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"[1, 2]", "\"text\"", "{\"other\": 1}", "{}"})
  void knowsThatReadDocumentLacksMembers(String document) {
    JsonOutline outline = outline(document);

    assertThat(outline.members().isEmpty()).isTrue();
    assertThat(outline.lacksOthers()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "text", "{", "{\"other\": 1", "--boundary\r\n"})
  void doesNotKnowUnreadableDocument(String document) {
    assertThat(outline(document).lacksOthers()).isFalse();
  }

  @Test
  void stopsOnDeepNesting() {
    JsonOutline outline =
        outline("{\"model\": \"gpt\", \"messages\": " + "[".repeat(10_000) + "]".repeat(10_000));

    assertThat(outline.members().get("model").getAsString()).isEqualTo("gpt");
    assertThat(outline.lacksOthers()).isFalse();
  }

  @Test
  void readsMembersAfterGapBackwards() {
    String document =
        """
        {"messages": [{"content": "%s a \\" quote, \\\\"}, {"model": "no"}], "model" : "g\\"pt",
         "tools": [{"usage": 1}], "stream":true, "usage": {"a": [1, "}"]} }
        """
            .formatted("x".repeat(1000));

    JsonOutline outline =
        JsonOutline.of(
            KeptBytes.of(Bodies.truncated(document, 100, 200, "application/json")), WANTED);

    assertThat(outline.members())
        .isEqualTo(
            json(
                """
                {"messages": [], "model": "g\\"pt", "stream": true, "usage": {"a": [1, "}"]}}"""));
    assertThat(outline.isEnded()).isTrue();
    assertThat(outline.lacksOthers()).isFalse();
  }

  @Test
  void readsNothingFromTailThatIsCut() {
    String document = "{\"a\": \"" + "x".repeat(1000) + "\", \"model\": \"gpt\", \"stream\": tr";

    JsonOutline outline =
        JsonOutline.of(
            KeptBytes.of(Bodies.truncated(document, 100, 200, "application/json")), WANTED);

    assertThat(outline.members().isEmpty()).isTrue();
    assertThat(outline.isEnded()).isFalse();
  }

  @Test
  void readsTailAtEveryLength() {
    String document =
        """
        {"messages": [{"content": "a\\\\"}, {"model": "no"}], "model": "gpt", "stream": true}""";
    for (int tail = 0; tail < document.length() - 1; tail++) {
      JsonOutline outline =
          JsonOutline.of(
              KeptBytes.of(Bodies.truncated(document, 0, tail, "application/json")), WANTED);

      boolean modelKept = document.substring(document.length() - tail).contains("\"model\": \"gpt");
      assertThat(outline.members().has("model")).as("tail of %d", tail).isEqualTo(modelKept);
    }
  }

  /** The quick walk over a sound document gives what a parser gives; of a spoilt one, as much. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void readsWhatAParserReads(long seed) {
    Random random = new Random(seed);
    for (int n = 0; n < 1_000; n++) {
      String document = OddJson.object(random, WANTED);
      JsonObject expected = json(document).getAsJsonObject();
      expected.keySet().retainAll(WANTED);
      expected.entrySet().stream()
          .filter(member -> member.getValue().isJsonArray())
          .forEach(member -> member.setValue(new JsonArray()));

      JsonOutline whole = JsonOutline.ofAll(kept(document), WANTED);
      assertThat(whole.members()).as(document).isEqualTo(expected);
      assertThat(whole.isEnded()).isTrue();
      assertThat(whole.lacksOthers()).isTrue();
      assertThat(outline(document + " more").members()).as(document).isEqualTo(expected);
      JsonObject any = JsonOutline.ofAny(kept(document), WANTED).members();
      assertThat(any.isEmpty()).isEqualTo(expected.isEmpty());
      assertThat(expected.keySet()).containsAll(any.keySet());
      JsonOutline cut =
          JsonOutline.ofAll(
              kept(document.substring(0, random.nextInt(document.strip().length()))), WANTED);
      assertThat(cut.isEnded()).as(document).isFalse();
    }
  }

  private static KeptBytes kept(String document) {
    return KeptBytes.of(TraceBody.ofText(document, "application/json"));
  }

  private static JsonOutline outline(String document) {
    return JsonOutline.of(kept(document), WANTED);
  }
}
