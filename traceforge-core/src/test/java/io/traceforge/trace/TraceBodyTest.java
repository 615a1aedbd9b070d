package io.traceforge.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TraceBodyTest {
  private static final byte[] KEPT = "headtail".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "none                                   | UTF-8",
        "application/json                       | UTF-8",
        "text/plain; charset=ISO-8859-1         | ISO-8859-1",
        "text/plain;Charset = \"utf-16le\"      | UTF-16LE",
        "text/plain; a=b; charset=windows-1252  | windows-1252",
        "text/plain; charset=no-such-charset    | UTF-8",
        "text/plain; charset=-                  | UTF-8",
        "text/plain; mycharset=ISO-8859-1       | UTF-8",
      })
  void readsTextInCharsetOfMediaType(String mediaType, String charset) {
    byte[] bytes = "été €".getBytes(Charset.forName(charset));

    assertThat(TraceBody.of(bytes, mediaType).text())
        .isEqualTo(new String(bytes, Charset.forName(charset)));
  }

  @Test
  void keepsOwnCopyOfBytes() {
    byte[] bytes = {1, 2, 3};
    TraceBody body = TraceBody.of(bytes, null);
    bytes[0] = 9;
    body.bytes()[1] = 9;

    assertThat(body.bytes()).containsExactly(1, 2, 3);
  }

  @Test
  void saysInTextHowMuchIsMissing() {
    TraceBody body = TraceBody.truncated(KEPT, 4, 1_000, "text/plain");

    assertThat(body.isTruncated()).isTrue();
    assertThat(body.size()).isEqualTo(1_000);
    assertThat(body.text()).isEqualTo("head[… 992 bytes not kept …]tail");
  }

  @Test
  void isNotTruncatedIfAllWasKept() {
    TraceBody body = TraceBody.truncated(KEPT, 4, KEPT.length, null);

    assertThat(body.isTruncated()).isFalse();
    assertThat(body.text()).isEqualTo("headtail");
  }

  @ParameterizedTest
  @CsvSource({"-1, 100", "9, 100", "4, 7"})
  void refusesLengthsThatContradict(int headLength, long size) {
    assertThatThrownBy(() -> TraceBody.truncated(KEPT, headLength, size, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(String.valueOf(headLength))
        .hasMessageContaining(String.valueOf(size));
  }

  @Test
  void parsesJson() {
    assertThat(TraceBody.ofText("{\"a\": 1}", null).json().orElseThrow().getAsJsonObject().size())
        .isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"a\":", "<html></html>", "a b"})
  void findsNoJsonInOtherText(String text) {
    assertThat(TraceBody.ofText(text, "application/json").json()).isEmpty();
  }

  @Test
  void findsNoJsonInTruncatedBodyOrAbsurdNesting() {
    byte[] json = "{\"a\":1}".getBytes(StandardCharsets.US_ASCII);

    assertThat(TraceBody.truncated(json, 4, 100, null).json()).isEmpty();
    assertThat(TraceBody.ofText("[".repeat(100_000), null).json()).isEmpty();
    assertThat(TraceBody.ofText("[".repeat(10_000) + "]".repeat(10_000), null).json()).isEmpty();
  }

  @Test
  void comparesByContent() {
    TraceBody body = TraceBody.truncated(KEPT, 4, 100, "text/plain");

    assertThat(body)
        .isEqualTo(TraceBody.truncated(KEPT, 4, 100, "text/plain"))
        .hasSameHashCodeAs(TraceBody.truncated(KEPT, 4, 100, "text/plain"))
        .isNotEqualTo(TraceBody.truncated(KEPT, 5, 100, "text/plain"))
        .isNotEqualTo(TraceBody.truncated(KEPT, 4, 101, "text/plain"))
        .isNotEqualTo(TraceBody.truncated(KEPT, 4, 100, null))
        .isNotEqualTo(TraceBody.of(KEPT, "text/plain"));
  }

  @Test
  void tellsNoContentAsText() {
    assertThat(TraceBody.truncated(KEPT, 4, 100, "text/plain"))
        .hasToString("TraceBody{100 bytes, 8 kept, text/plain}");
    assertThat(TraceBody.of(KEPT, null)).hasToString("TraceBody{8 bytes}");
  }
}
