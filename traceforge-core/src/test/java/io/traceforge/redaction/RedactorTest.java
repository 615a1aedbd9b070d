package io.traceforge.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {
  private static final String PLAIN_URL = "https://api.example.com/v1/things";

  private final Redactor redactor = Redactor.secrets();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Authorization",
        "authorization",
        "Proxy-Authorization",
        "Cookie",
        "Set-Cookie",
        "x-api-key",
        "X-Api-Key",
        "api-key",
        "x-goog-api-key"
      })
  void credentialsInHeadersAreTakenOut(String name) {
    HttpHeaders headers = HttpHeaders.of("Accept", "*/*", name, "hunter2", "X-Last", "last");

    Trace redacted = redactor.redact(trace(PLAIN_URL, headers, headers, null));

    HttpHeaders expected = HttpHeaders.of("Accept", "*/*", name, "[REDACTED]", "X-Last", "last");
    assertThat(redacted.request().headers()).isEqualTo(expected);
    assertThat(redacted.response().headers()).isEqualTo(expected);
  }

  @Test
  void everyValueOfARepeatedHeaderIsTakenOut() {
    HttpHeaders headers = HttpHeaders.of("Set-Cookie", "a=1", "Set-Cookie", "b=2");

    assertThat(redactor.redact(trace(PLAIN_URL, headers, headers, null)).response().headers())
        .isEqualTo(HttpHeaders.of("Set-Cookie", "[REDACTED]", "Set-Cookie", "[REDACTED]"));
  }

  @ParameterizedTest
  @CsvSource({
    "https://h/v1?key=hunter2, https://h/v1?key=[REDACTED]",
    "https://h/v1?a=b&KEY=hunter2&c=d, https://h/v1?a=b&KEY=[REDACTED]&c=d",
    "https://h/v1?api_key=hunter2#top, https://h/v1?api_key=[REDACTED]#top",
    "https://h/cb#access_token=hunter2, https://h/cb#access_token=[REDACTED]",
    "https://user:hunter2@h/v1, https://REDACTED@h/v1",
    "https://hunter2@h:8080/v1, https://REDACTED@h:8080/v1",
    "https://user:hun@ter2@h/v1, https://REDACTED@h/v1",
  })
  void credentialsInTheUrlAreTakenOut(String url, String expected) {
    Trace redacted = redactor.redact(trace(url, HttpHeaders.empty(), HttpHeaders.empty(), null));

    assertThat(redacted.request().url()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        PLAIN_URL,
        "https://h/v1?max_tokens=5&monkey=1&tokens=3",
        "https://h/v1/users/me@example.com?mail=me@example.com",
        "https://h/key=value"
      })
  void aUrlWithoutCredentialsStays(String url) {
    Trace trace = trace(url, HttpHeaders.empty(), HttpHeaders.empty(), null);

    assertThat(redactor.redact(trace)).isEqualTo(trace);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://user:hunter2@h/v1/things?key=hunter2"})
  void theEndpointIsStillTold(String url) {
    Trace redacted = redactor.redact(trace(url, HttpHeaders.empty(), HttpHeaders.empty(), null));

    assertThat(redacted.request().endpoint()).isEqualTo("/v1/things");
  }

  @Test
  void aKeyInThePathIsTakenOutAndTheEndpointIsStillTold() {
    String key = "gh" + "p_a8Fq2kZ0pLx7Vb3NcY5tRw9Ds1GhJ4mE6uQi";
    HttpHeaders none = HttpHeaders.empty();

    Trace redacted =
        redactor.redact(trace("https://h/v1/keys/" + key + "?token=hunter2", none, none, null));

    assertThat(redacted.request().url()).isEqualTo("https://h/v1/keys/REDACTED?token=[REDACTED]");
    assertThat(redacted.request().endpoint()).isEqualTo("/v1/keys/REDACTED");
  }

  @Test
  void credentialsInARedirectAreTakenOut() {
    HttpHeaders headers = HttpHeaders.of("Location", "https://u:hunter2@h/v1?token=hunter2");

    Trace redacted = redactor.redact(trace(PLAIN_URL, HttpHeaders.empty(), headers, null));

    assertThat(redacted.response().headers().get("Location"))
        .isEqualTo("https://REDACTED@h/v1?token=[REDACTED]");
  }

  @Test
  void credentialsInAnExceptionsTextAreTakenOut() {
    TraceError error =
        TraceError.of(
            "java.io.IOException",
            "GET \"https://u:hunter2@h/v1?key=hunter2\" failed, then ws://hunter2@h",
            "e1");

    Trace redacted =
        redactor.redact(trace(PLAIN_URL, HttpHeaders.empty(), HttpHeaders.empty(), error));

    assertThat(redacted.error())
        .isEqualTo(
            TraceError.of(
                "java.io.IOException",
                "GET \"https://REDACTED@h/v1?key=[REDACTED]\" failed, then ws://REDACTED@h",
                "e1"));
  }

  @Test
  void aTraceThatHasNoResponseYetPasses() {
    Trace trace =
        trace(PLAIN_URL, HttpHeaders.empty(), HttpHeaders.empty(), null).toBuilder()
            .response(null)
            .build();

    assertThat(redactor.redact(trace)).isEqualTo(trace);
  }

  @Test
  void aVeryLongUrlPassesInTime() {
    String url = "https://h/v1?q=" + "a://".repeat(100_000) + "&key=hunter2";

    Trace redacted = redactor.redact(trace(url, HttpHeaders.empty(), HttpHeaders.empty(), null));

    assertThat(redacted.request().url()).endsWith("&key=[REDACTED]");
  }

  private static Trace trace(
      String url, HttpHeaders request, HttpHeaders response, TraceError error) {
    TraceBody body = TraceBody.ofText("{\"max_tokens\":5}", "application/json");
    return Trace.builder()
        .id("trace-1")
        .startTime(Instant.EPOCH)
        .request(TraceRequest.of("POST", url, request, body))
        .response(TraceResponse.of(200, response, body, null))
        .error(error)
        .build();
  }
}
