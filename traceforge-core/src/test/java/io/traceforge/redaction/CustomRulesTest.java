package io.traceforge.redaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParser;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.regex.PatternSyntaxException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomRulesTest {
  private static final String SHAPE = "sk-" + "proj-a8Fq2kZ0pLx7Vb3NcY5t";

  @Test
  void aFieldOfOnesOwnIsTakenOutWhateverItsSpelling() {
    Redactor redactor = Redactor.secrets().withField("customer_number");

    assertThat(redactor.redact("{\"customerNumber\":12,\"CUSTOMER-NUMBER\":\"a\",\"customer\":1}"))
        .isEqualTo(
            "{\"customerNumber\":\"[REDACTED]\",\"CUSTOMER-NUMBER\":\"[REDACTED]\",\"customer\":1}");
    assertThat(redactor.redact("{\"password\":\"a\"}")).isEqualTo("{\"password\":\"[REDACTED]\"}");
    assertThat(redactor.redact("https://h/?customer_number=5&x=1"))
        .isEqualTo("https://h/?customer_number=[REDACTED]&x=1");
  }

  @Test
  void aHeaderOfOnesOwnIsTakenOutWhateverItsCase() {
    HttpHeaders headers = HttpHeaders.of("x-tenant", "acme", "X-Other", "stays");

    for (Redactor redactor : new Redactor[] {Redactor.secrets(), Redactor.none()}) {
      Trace redacted = redactor.withHeader("X-Tenant").redact(trace(headers, null));

      assertThat(redacted.request().headers())
          .isEqualTo(HttpHeaders.of("x-tenant", "[REDACTED]", "X-Other", "stays"));
    }
  }

  @Test
  void aPatternOfOnesOwnIsTakenOut() {
    Redactor redactor = Redactor.none().withPattern("ACME-[0-9]{4}").withPattern("gr(ü|ö)n");

    assertThat(redactor.redact("ACME-1234, ACME-5, grün"))
        .isEqualTo("[REDACTED], ACME-5, [REDACTED]");
    assertThat(Bodies.json(redactor, "{\"a\":\"é ACME-1234 grün\",\"b\":\"" + SHAPE + "\"}"))
        .isEqualTo("{\"a\":\"é [REDACTED] [REDACTED]\",\"b\":\"" + SHAPE + "\"}");
  }

  @Test
  void bytesThatAreNoTextStayBesideAMatch() {
    byte[] bytes = {(byte) 0xff, 'A', 'C', 'M', 'E', (byte) 0xfe, 0};

    TraceBody redacted =
        Bodies.request(Redactor.none().withPattern("ACME"), TraceBody.of(bytes, null));

    assertThat(redacted.bytes()).startsWith(0xff, '[').endsWith(']', 0xfe, 0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"n\":12345678} | {\"n\":0}",
        "{\"n\": [1, 9912345678 ,2]} | {\"n\": [1, 0 ,2]}",
        "{\"a\":\"{\\\"n\\\":12345678}\"} | {\"a\":\"{\\\"n\\\":0}\"}",
        "{\"n\":\"no 12345678.\"} | {\"n\":\"no [REDACTED].\"}",
        "{\"n\":\"no: 12345678, ok\"} | {\"n\":\"no: [REDACTED], ok\"}",
      })
  void aNumberThatMatchesLeavesJson(String json, String expected) {
    String redacted = Redactor.secrets().withPattern("[0-9]{8}").redact(json);

    assertThat(redacted).isEqualTo(expected);
    assertThat(JsonParser.parseString(redacted).isJsonObject()).isTrue();
  }

  @Test
  void aPatternThatIsNoneIsRefusedAtOnce() {
    assertThatThrownBy(() -> Redactor.secrets().withPattern("(a"))
        .isInstanceOf(PatternSyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(.*a){20}$", "(a|a?)+$", "(x+x+)+y|(a*)*b"})
  void aPatternThatNeverEndsDropsTheText(String regex) {
    Redactor redactor = Redactor.secrets().withPattern(regex);
    String text = "a".repeat(50_000) + "!";

    Trace redacted =
        redactor.redact(trace(HttpHeaders.of("X-A", text), TraceBody.ofText(text, "text/plain")));

    assertThat(redacted.request().headers().get("X-A")).isEqualTo("[REDACTED]");
    assertThat(redacted.request().body().bytes()).isEmpty();
    assertThat(redacted.request().body().size()).isEqualTo(text.length());
    assertThat(redacted.request().body().mediaType()).isEqualTo("text/plain");
    assertThat(redacted.stateJson()).isEqualTo("{\"a\":1}");
  }

  @Test
  void aStateThatCannotBeRedactedIsEmpty() {
    Redactor redactor = Redactor.secrets().withPattern("(a+)+$");
    Trace trace =
        trace(HttpHeaders.empty(), null).toBuilder()
            .stateJson("{\"k\":\"" + "a".repeat(9000) + "!\"}")
            .build();

    assertThat(redactor.redact(trace).stateJson()).isEqualTo("{}");
  }

  @Test
  void anOrdinaryPatternPassesALargeBody() {
    String text = "{\"a\":\"" + "lorem ipsum dolor sit amet ".repeat(40_000) + "ACME-1234\"}";

    assertThat(Bodies.json(Redactor.secrets().withPattern("(?i)acme-[0-9]{4}"), text))
        .endsWith("amet [REDACTED]\"}");
  }

  @Test
  void noneTakesNothingOut() {
    String text = "{\"password\":\"hunter2\",\"a\":\"" + SHAPE + " me@example.com\"}";
    Trace trace =
        trace(
                HttpHeaders.of("Authorization", "Bearer " + SHAPE, "Cookie", "a=b"),
                TraceBody.ofText(text, "application/json"))
            .toBuilder()
            .stateJson(text)
            .build();

    assertThat(Redactor.none().redact(trace)).isEqualTo(trace);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "utf-16le", "UTF-16BE", "utf-32"})
  void aBodyInAWideEncodingIsRead(String charset) throws Exception {
    String type = "application/json; charset=\"" + charset + "\"; x=y";
    TraceBody body = TraceBody.of(("{\"a\":\"" + SHAPE + "\"}").getBytes(charset), type);

    assertThat(Bodies.request(Redactor.secrets(), body).text()).isEqualTo("{\"a\":\"[REDACTED]\"}");
  }

  @Test
  void theSizeOfARedactedBodyIsThatOfWhatIsLeft() {
    TraceBody body = TraceBody.ofText("{\"a\":\"" + SHAPE + " é\"}", null);

    TraceBody redacted = Bodies.request(Redactor.secrets(), body);

    assertThat(redacted.isTruncated()).isFalse();
    assertThat(redacted.size())
        .isEqualTo("{\"a\":\"[REDACTED] é\"}".getBytes(StandardCharsets.UTF_8).length);
  }

  private static Trace trace(HttpHeaders headers, TraceBody body) {
    return Trace.builder()
        .id("trace-1")
        .startTime(Instant.EPOCH)
        .stateJson("{\"a\":1}")
        .request(TraceRequest.of("POST", "https://h/v1", headers, body))
        .build();
  }
}
