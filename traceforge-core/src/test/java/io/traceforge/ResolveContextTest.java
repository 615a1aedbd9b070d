package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResolveContextTest {
  private static final String TOO_LONG =
      "0123456789012345678901234567890123456789012345678901234567890123"
          + "01234567890123456789012345678901234567890123456789012345678901234";

  private final TraceForge traceForge = TraceForge.open("memory:");
  private final SessionContext known = SessionContext.of("known");
  private final SessionTracker current = new SessionTracker("current");
  private final Map<String, String> headers = new HashMap<>();

  @AfterEach
  void close() {
    traceForge.close();
  }

  @Test
  void theRequestsOwnHeadersComeFirst() {
    headers.put("X-TraceForge-Session-ID", "manual");
    headers.put("X-TraceForge-Step-Index", "4");
    headers.put("X-TraceForge-Parent-Trace-ID", "trace-1");
    headers.put("X-TraceForge-State", "{\"city\":\"Z\\u00fcrich\"}");

    SessionContext context = current.call(() -> resolve(known));

    assertThat(context.sessionId()).isEqualTo("manual");
    assertThat(context.stepIndex()).isEqualTo(4);
    assertThat(context.parentTraceId()).isEqualTo("trace-1");
    assertThat(context.stateJson()).isEqualTo("{\"city\":\"Zürich\"}");
  }

  @Test
  void withoutASessionIdHeadersAreIgnored() {
    headers.put("X-TraceForge-Step-Index", "4");
    headers.put("X-TraceForge-State", "{\"a\":1}");

    assertThat(resolve(known)).isSameAs(known);
  }

  @Test
  void theKnownContextComesBeforeTheCurrentSession() {
    SessionContext context = current.call(() -> resolve(known));

    assertThat(context).isSameAs(known);
  }

  @Test
  void theCurrentSessionComesBeforeAFreshOne() {
    current.nextStep();

    SessionContext context = current.call(() -> resolve(null));

    assertThat(context.sessionId()).isEqualTo("current");
    assertThat(context.stepIndex()).isEqualTo(1);
  }

  @Test
  void aCallOfNoSessionGetsAFreshOneEachTime() {
    SessionContext first = resolve(null);
    SessionContext second = resolve(null);

    assertThat(first.sessionId()).isNotEqualTo(second.sessionId());
    assertThat(first.stepIndex()).isZero();
  }

  @Test
  void orNoneIfTheUserSaysSo() {
    try (TraceForge manual = TraceForge.builder().storage("memory:").autoSessionId(false).build()) {
      assertThat(manual.resolveContext(headers::get, null)).isNull();
      assertThat(manual.beginCall(null).position().sessionId()).isNull();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "a\r\nX: y", "ä", TOO_LONG})
  void aMalformedSessionIdCountsAsNone(String id) {
    headers.put("X-TraceForge-Session-ID", id);

    assertThat(resolve(known)).isSameAs(known);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-1", "one", "1.5", "99999999999", "0x10", "\u0000"})
  void aMalformedStepIsIgnored(String step) {
    headers.put("X-TraceForge-Session-ID", "manual");
    headers.put("X-TraceForge-Step-Index", step);
    headers.put("X-TraceForge-Parent-Trace-ID", "trace-1");

    assertThat(resolve(known).sessionId()).isEqualTo("manual");
    assertThat(resolve(known).stepIndex()).isZero();
    assertThat(resolve(known).parentTraceId()).isEqualTo("trace-1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "\u0000", TOO_LONG})
  void aMalformedParentIsIgnored(String parent) {
    headers.put("X-TraceForge-Session-ID", "manual");
    headers.put("X-TraceForge-Parent-Trace-ID", parent);

    assertThat(resolve(known).sessionId()).isEqualTo("manual");
    assertThat(resolve(known).parentTraceId()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[1]", "\"text\"", "{", "{}{}", "{\"a\":}", "\ud83d"})
  void aMalformedStateIsIgnored(String state) {
    assertStateIgnored(state);
  }

  @Test
  void anOversizedOrBottomlessStateIsIgnored() {
    assertStateIgnored("{\"a\":\"" + "x".repeat(10_240) + "\"}");
    assertStateIgnored("{\"a\":\"" + "x".repeat(10_000_000) + "\"}");
    assertStateIgnored("{\"a\":" + "[".repeat(30_000));
    assertStateIgnored("{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"a\":NaN}", "{\"a\":1e9999}", "{\"a\":-}", "{a:'x'}", "{\"a\":1,\"a\":2}"})
  void anOddStateIsTakenAsValidJsonOrNotAtAll(String state) {
    headers.put("X-TraceForge-Session-ID", "manual");
    headers.put("X-TraceForge-State", state);

    SessionContext context = resolve(known);

    assertThat(context.sessionId()).isEqualTo("manual");
    assertThat(context.stateJson()).startsWith("{").doesNotContain("'");
    assertThat(context.state()).isNotNull();
  }

  private void assertStateIgnored(String state) {
    headers.put("X-TraceForge-Session-ID", "manual");
    headers.put("X-TraceForge-State", state);

    assertThat(resolve(known).sessionId()).isEqualTo("manual");
    assertThat(resolve(known).stateJson()).isEqualTo("{}");
  }

  private SessionContext resolve(SessionContext context) {
    return traceForge.resolveContext(headers::get, context);
  }
}
