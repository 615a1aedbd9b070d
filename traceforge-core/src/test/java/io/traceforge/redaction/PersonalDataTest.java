package io.traceforge.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PersonalDataTest {
  private final Redactor redactor = Redactor.secrets().withPersonalData();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jane.doe+x@mail.example.com", "JANE@EXAMPLE.ORG", "+1 415 555 2671", "+49 30 901820",
        "(415) 555-2671", "415-555-2671", "4111 1111 1111 1111", "4111111111111111",
        "5500-0000-0000-0004", "378282246310005", "078-05-1120"
      })
  void personalDataIsTakenOut(String value) {
    assertThat(redactor.redact("It is " + value + ", ok")).isEqualTo("It is [REDACTED], ok");
    assertThat(redactor.redact("{\"a\":\"x\\n" + value + "\"}"))
        .isEqualTo("{\"a\":\"x\\n[REDACTED]\"}");
    assertThat(redactor.redact("{\"a\":\"\\u00e9" + value + "\"}"))
        .isEqualTo("{\"a\":\"\\u00e9[REDACTED]\"}");
    assertThat(Redactor.secrets().redact("It is " + value)).isEqualTo("It is " + value);
  }

  @Test
  void aCardNumberThatIsANumberOfJsonLeavesANumber() {
    assertThat(redactor.redact("{\"card\": 4111111111111111 ,\"n\":[4111111111111111]}"))
        .isEqualTo("{\"card\": 0 ,\"n\":[0]}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "4111111111111112",
        "1234567890123",
        "2026-11-24",
        "192.168.100.200",
        "a@b",
        "@Override",
        "[0.123456789, -0.5, 12345]",
        "{\"created\":1700000000,\"ms\":1700000000123}",
        "v1.2.3-4",
        "+1",
        "3.14159265358979323846",
        "git@host:x/y.git",
        "555-2671",
        "id 123-45-67890"
      })
  void whatIsNoneStays(String text) {
    assertThat(redactor.redact(text)).isEqualTo(text);
  }
}
