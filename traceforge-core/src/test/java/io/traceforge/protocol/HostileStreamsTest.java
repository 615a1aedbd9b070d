package io.traceforge.protocol;

import static io.traceforge.protocol.Bodies.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.TraceBody;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However a stream of whatever protocol is cut or spoilt, what can be read of it is read. */
class HostileStreamsTest {

  static List<Fixture> streams() {
    return Fixtures.streams();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void readsPrefixOfStreamCutAtEveryByte(Fixture stream) {
    byte[] whole = utf8(stream.response());
    Interpretation all = stream.interpret();
    String before = "";
    for (int length = 0; length <= whole.length; length++) {
      Interpretation found =
          stream.interpret(200, TraceBody.of(Arrays.copyOf(whole, length), stream.mediaType()));

      String text = Objects.requireNonNullElse(found.text(), "");
      assertThat(stream.text()).as("cut at %d", length).startsWith(text);
      assertThat(text).as("cut at %d", length).startsWith(before);
      assertThat(found.metadata().usage().outputTokens())
          .as("cut at %d", length)
          .isIn(null, all.metadata().usage().outputTokens());
      assertThat(found.cutShort()).as("cut at %d", length).isNotEqualTo(found.complete());
      before = text;
    }
    assertThat(before).isEqualTo(stream.text());
    assertThat(all.complete()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void isNotCompleteBeforeItsLastEvent(Fixture stream) {
    String whole = stream.response().stripTrailing();
    int cut = whole.lastIndexOf(stream.mediaType().equals(Fixture.EVENTS) ? "data: " : "{\"");

    assertThat(stream.with(whole.substring(0, cut)).interpret().complete()).isFalse();
    assertThat(stream.with(whole).interpret().complete()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("streams")
  void takesEveryLineEndAndByteOrderMark(Fixture stream) {
    Interpretation all = stream.interpret();
    String plain = stream.response().replace("\r\n", "\n");
    for (String lineEnd : List.of("\n", "\r", "\r\n")) {
      Interpretation found = stream.with("\uFEFF" + plain.replace("\n", lineEnd)).interpret();

      assertThat(found.metadata())
          .as("with %s", lineEnd.codePoints().boxed().toList())
          .isEqualTo(all.metadata());
      assertThat(found.text()).isEqualTo(stream.text());
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void readsUsageAfterGap(Fixture stream) {
    TokenUsage usage = stream.interpret().metadata().usage();
    int length = utf8(stream.response()).length;
    int head = length / 3;
    int tail = length - utf8(stream.response().substring(0, startOfLast(stream))).length;
    for (int kept = tail; kept < length - head; kept += 3) {
      Interpretation found =
          stream.interpret(
              200, Bodies.truncated(stream.response(), head, kept, stream.mediaType()));

      assertThat(found.metadata().usage().outputTokens())
          .as("tail of %d", kept)
          .isEqualTo(usage.outputTokens());
      assertThat(found.metadata().usage().inputTokens()).isEqualTo(usage.inputTokens());
      assertThat(found.complete()).isTrue();
    }
  }

  /** Returns where the event with the usage begins. */
  private static int startOfLast(Fixture stream) {
    String text = stream.response();
    int usage = Math.max(text.lastIndexOf("tokens\""), text.lastIndexOf("eval_count"));
    usage = Math.max(usage, text.lastIndexOf("usageMetadata"));
    return text.lastIndexOf('\n', usage) + 1;
  }

  @ParameterizedTest
  @MethodSource("streams")
  void readsPrefixOfStreamWithGapAtEveryByte(Fixture stream) {
    int length = utf8(stream.response()).length;
    Long known = stream.interpret().metadata().usage().outputTokens();
    for (int head = 0; head < length; head += 1 + length / 30) {
      for (int tail = 0; tail < length - head; tail += 1 + length / 30) {
        TraceBody body = Bodies.truncated(stream.response(), head, tail, stream.mediaType());
        Interpretation found = stream.interpret(200, body);

        assertThat(found.metadata().usage().outputTokens()).isIn(null, known);
        if (found.text() != null && !found.text().equals(stream.text())) {
          assertThat(stream.text()).as("%d and %d", head, tail).startsWith(found.text());
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void doesNotCallStreamCutWhoseEndWasNotKept(Fixture stream) {
    int length = utf8(stream.response()).length;
    for (int head : new int[] {0, 1, length / 2}) {
      TraceBody body = Bodies.truncated(stream.response(), head, 0, stream.mediaType());

      assertThat(stream.interpret(200, body).cutShort()).as("head of %d", head).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("streams")
  void tellsFirstTokenAsSoonAsItsEventIsWhole(Fixture stream) {
    byte[] whole = utf8(stream.response());
    int first = (int) stream.interpret().firstContentEnd();

    assertThat(first).isBetween(1, whole.length);
    TraceBody enough = TraceBody.of(Arrays.copyOf(whole, first), stream.mediaType());
    assertThat(stream.interpret(200, enough).firstContentEnd()).isEqualTo(first);
    // The last bytes are the end of a line, which the end of a cut stream stands for.
    TraceBody tooLittle = TraceBody.of(Arrays.copyOf(whole, first - 5), stream.mediaType());
    assertThat(stream.interpret(200, tooLittle).firstContentEnd()).isEqualTo(-1);
  }

  @ParameterizedTest
  @MethodSource("streams")
  void passesOverEventsOfNoOrOtherShape(Fixture stream) {
    for (String odd : ODD) {
      Interpretation found = stream.with(withOddEvents(stream, odd)).interpret();

      assertThat(found.text()).as(odd).isEqualTo(stream.text());
      assertThat(found.metadata().usage()).as(odd).isEqualTo(stream.interpret().metadata().usage());
      assertThat(found.complete()).as(odd).isTrue();
    }
  }

  private static final List<String> ODD =
      List.of(
          "7",
          "null",
          "\"text\"",
          "{\"type\":7,\"index\":-1,\"x\":{\"y\":[1]}}",
          "{\"type\":\"to.be.invented\",\"delta\":{\"text\":\"no\"},\"output_index\":1e99}",
          "{\"n\":" + "9".repeat(1_000) + "}",
          "{\"a\":1,\"a\":2}",
          "{\"deep\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}",
          "{\"nul\":\"\\u0000\",\"half\":\"\\ud83c\"}");

  /** Puts an odd event before each event, and around it what the forms let pass. */
  private static String withOddEvents(Fixture stream, String odd) {
    return switch (stream.mediaType()) {
      case Fixture.EVENTS ->
          stream
              .response()
              .replaceAll(
                  "(?m)^(event: .*\\r?\\n)?data: ",
                  "id: 1\nretry: 5\n: a comment\ndata: " + odd.replace("\\", "\\\\") + "\n\n$0");
      case Fixture.LINES ->
          stream
              .response()
              .lines()
              .map(line -> line + "\n\n" + odd + "\n")
              .reduce("", String::concat);
      default -> stream.response().replace(",\r\n", "," + odd + ",");
    };
  }
}
