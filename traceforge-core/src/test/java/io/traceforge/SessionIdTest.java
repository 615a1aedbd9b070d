package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionIdTest {
  private static final String LONGEST =
      "0123456789012345678901234567890123456789012345678901234567890123"
          + "0123456789012345678901234567890123456789012345678901234567890123";
  private static final String TOO_LONG = LONGEST + "x";

  @ParameterizedTest
  @ValueSource(strings = {"a", "0", "job/17?x=1#~!", "\"quoted\"", LONGEST})
  void visibleAsciiUpTo128CharactersIsAnId(String id) {
    assertThat(new SessionTracker(id).getSessionId()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", "a\tb", "a\r\nX-Evil: 1", "a\u0000b", "\u007f", "é", "😀"})
  void anythingElseIsRefusedWithNameAndValue(String id) {
    assertRefused("sessionId", id, () -> new SessionTracker(id));
    assertRefused("sessionId", id, () -> SessionContext.of(id));
    assertRefused("parentTraceId", id, () -> new SessionTracker().setParentTraceId(id));
    assertRefused("parentTraceId", id, () -> new SessionTracker().newChildSession(id));
    assertRefused("parentTraceId", id, () -> SessionContext.of("s").withParentTraceId(id));
  }

  @Test
  void oneCharacterMoreIsTooLong() {
    assertRefused("sessionId", TOO_LONG, () -> new SessionTracker(TOO_LONG));
  }

  @Test
  void aRefusedParentChangesNothing() {
    SessionTracker session = new SessionTracker();
    session.setParentTraceId("parent-1");

    assertRefused("parentTraceId", "a b", () -> session.setParentTraceId("a b"));

    assertThat(session.getParentTraceId()).isEqualTo("parent-1");
  }

  private static void assertRefused(String name, String value, ThrowingCallable call) {
    assertThatIllegalArgumentException()
        .isThrownBy(call)
        .withMessage(name + ": expected 1 to 128 visible ASCII characters, got \"" + value + "\"");
  }
}
