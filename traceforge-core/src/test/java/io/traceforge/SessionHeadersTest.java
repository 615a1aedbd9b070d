package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionHeadersTest {
  private final SessionTracker session = new SessionTracker("job-17");

  @Test
  void theNamesAreThoseOfTheOriginal() {
    session.nextStep();
    session.setParentTraceId("trace-1");
    session.setState("query", "Paris");

    assertThat(session.getHeaders())
        .containsExactly(
            Map.entry("X-TraceForge-Session-ID", "job-17"),
            Map.entry("X-TraceForge-Step-Index", "1"),
            Map.entry("X-TraceForge-Parent-Trace-ID", "trace-1"),
            Map.entry("X-TraceForge-State", "{\"query\":\"Paris\"}"));
  }

  @Test
  void withoutParentAndStateThereIsNoHeaderForThem() {
    assertThat(session.getHeaders())
        .containsOnlyKeys("X-TraceForge-Session-ID", "X-TraceForge-Step-Index");
  }

  @Test
  void idHeadersLeaveTheStateOut() {
    session.setState("query", "Paris");

    assertThat(session.context().idHeaders())
        .containsOnlyKeys("X-TraceForge-Session-ID", "X-TraceForge-Step-Index");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Zürich, 東京",
        "she said \"hi\" \\ bye",
        "line\r\nX-Evil: 1\n",
        "tab\t nul\u0000 del\u007f nbsp\u00a0 ls\u2028",
        "emoji 😀 family 👨‍👩‍👧",
        "lone \ud83d high",
        "lone \ude00 low",
        "\ude00\ud83d",
        "<script>&'=",
      })
  void theStateIsPrintableAsciiAndMeansTheSame(String text) {
    session.setState("text", text);
    session.setState(text, "as a key");

    String header = session.getHeaders().get("X-TraceForge-State");

    assertThat(header).matches("[ -~]+");
    assertThat(JsonParser.parseString(header)).isEqualTo(session.getState());
    assertThat(session.getState().get("text").getAsString()).isEqualTo(text);
  }

  @Test
  void loneSurrogatesAreEscapedInTheRecordedTextToo() {
    session.setState("text", "\ud83d!😀");

    assertThat(session.context().stateJson()).isEqualTo("{\"text\":\"\\ud83d!😀\"}");
  }

  @Test
  void aStateTooLongForAHeaderIsRecordedButNotSent() {
    session.setState("text", "é".repeat(2_100));

    assertThat(session.getHeaders()).doesNotContainKey("X-TraceForge-State");
    assertThat(session.context().stateHeader()).isNull();
    assertThat(session.context().stateJson()).contains("ééé");
  }

  @Test
  void aStateOfTwelveKilobytesAsAHeaderIsSent() {
    session.setState("t", "é".repeat(2_046) + "xxxx");

    assertThat(session.getHeaders().get("X-TraceForge-State")).hasSize(12 * 1024);

    session.setState("t", "é".repeat(2_046) + "xxxxx");

    assertThat(session.getHeaders()).doesNotContainKey("X-TraceForge-State");
  }

  @Test
  void headersCannotBeChanged() {
    assertThat(session.getHeaders()).isUnmodifiable();
    assertThat(session.context().idHeaders()).isUnmodifiable();
  }
}
