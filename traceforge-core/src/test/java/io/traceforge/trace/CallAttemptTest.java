package io.traceforge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class CallAttemptTest {
  private static final String URL = "https://llm.test/v1/chat";

  @Test
  void tellsWhatGroupingNeeds() {
    CallAttempt attempt = CallAttempt.of(Traces.failed("t", 5, 9).build());

    assertThat(attempt.traceId()).isEqualTo("t");
    assertThat(attempt.startTime()).isEqualTo(Traces.at(5));
    assertThat(attempt.endTime()).isEqualTo(Traces.at(9));
    assertThat(attempt.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(attempt.error()).isEqualTo("server_error: boom");
    assertThat(attempt.retryCount()).isNull();
    assertThat(CallAttempt.of(Traces.open("o", 1).build()).endTime()).isNull();
  }

  @Test
  void fingerprintsMethodUrlAndBody() {
    String fingerprint = fingerprint("POST", URL, "{}");

    assertThat(fingerprint).matches("[0-9a-f]{32}").isEqualTo(fingerprint("POST", URL, "{}"));
    assertThat(fingerprint("PUT", URL, "{}")).isNotEqualTo(fingerprint);
    assertThat(fingerprint("POST", URL + "/", "{}")).isNotEqualTo(fingerprint);
    assertThat(fingerprint("POST", URL, "{} ")).isNotEqualTo(fingerprint);
    assertThat(fingerprint("POST", URL, null)).isNotEqualTo(fingerprint);
    assertThat(fingerprint("POST", URL, null)).isNotEqualTo(fingerprint("POST", URL, ""));
  }

  @Test
  void fingerprintsTrueSizeOfTruncatedBody() {
    byte[] kept = "headtail".getBytes(StandardCharsets.US_ASCII);

    assertThat(fingerprintOf("POST", URL, TraceBody.truncated(kept, 4, 100, null)))
        .isNotEqualTo(fingerprintOf("POST", URL, TraceBody.truncated(kept, 4, 101, null)));
  }

  @Test
  void ignoresHeaders() {
    TraceBody body = TraceBody.ofText("{}", null);
    HttpHeaders marked = HttpHeaders.of("X-Stainless-Retry-Count", "1");

    assertThat(CallAttempt.fingerprint(TraceRequest.of("POST", URL, marked, body)))
        .isEqualTo(fingerprint("POST", URL, "{}"));
  }

  private static String fingerprint(String method, String url, String body) {
    return fingerprintOf(method, url, body == null ? null : TraceBody.ofText(body, null));
  }

  private static String fingerprintOf(String method, String url, TraceBody body) {
    return CallAttempt.fingerprint(TraceRequest.of(method, url, HttpHeaders.empty(), body));
  }
}
