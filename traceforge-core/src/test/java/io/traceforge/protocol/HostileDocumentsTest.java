package io.traceforge.protocol;

import static io.traceforge.protocol.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TraceBody;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a document of whatever protocol is cut or spoilt, what can be read of it is read. */
class HostileDocumentsTest {

  static List<Fixture> documents() {
    return Fixtures.documents();
  }

  static List<Fixture> all() {
    return Fixtures.all();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void readsDocumentCutAtEveryByte(Fixture document) {
    byte[] whole = utf8(document.response().strip());
    Long known = document.interpret().metadata().usage().inputTokens();
    for (int length = 0; length < whole.length; length++) {
      TraceBody cut = TraceBody.of(Arrays.copyOf(whole, length), document.mediaType());

      Interpretation found = document.interpret(200, cut);

      assertThat(found.complete()).as("cut at %d", length).isFalse();
      assertThat(found.metadata().usage().inputTokens()).as("cut at %d", length).isIn(null, known);
    }
    assertThat(document.interpret(200, TraceBody.of(whole, document.mediaType())).complete())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void readsUsageAtEndOfTruncatedDocument(Fixture document) {
    String long1 =
        document.response().replaceFirst("\\{", "{\"x\": \"" + "x".repeat(3_000) + "\",");
    int tail = utf8(document.response()).length;

    Interpretation found =
        document.interpret(200, Bodies.truncated(long1, 50, tail, document.mediaType()));

    assertThat(found.metadata().usage()).isEqualTo(document.interpret().metadata().usage());
    assertThat(found.complete()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("documents")
  void takesLastOfDuplicateMembersAndAbsurdNumbers(Fixture document) {
    String odd =
        document
            .response()
            .replaceFirst(
                "\\{", "{\"model\": \"other\", \"n\": -" + "9".repeat(1_000) + ".5e-999999, ");

    Interpretation found = document.with(odd).interpret();

    assertThat(found.metadata().usage()).isEqualTo(document.interpret().metadata().usage());
    assertThat(found.text()).isEqualTo(document.text());
  }

  @ParameterizedTest
  @MethodSource("all")
  void readsOtherTypesThanExpectedAsNothing(Fixture fixture) {
    for (String value :
        List.of("7", "null", "true", "\"text\"", "[7, null]", "{\"a\": {}}", "[[]]")) {
      // Every member in turn is of another type than it should be.
      String[] parts = fixture.response().split("(?<=\":)", -1);
      for (int i = 1; i < parts.length; i++) {
        String spoilt =
            String.join("", Arrays.copyOf(parts, i))
                + value
                + ", \"was\":"
                + String.join("", Arrays.copyOfRange(parts, i, parts.length));

        assertThat(fixture.with(spoilt).interpret().metadata().provider()).isNotNull();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void readsNothingFromNoise(Fixture fixture) {
    for (String noise :
        List.of("", " ", "\0", "\uFEFF", "<html>", "[", "[[", "{", "\"", "]}", "data:", "data")) {
      Interpretation found = fixture.with(noise).interpret();

      assertThat(found.text()).as(noise).isNull();
      assertThat(found.error()).as(noise).isNull();
      assertThat(found.complete()).as(noise).isFalse();
    }
  }
}
