package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionStateLimitTest {
  private static final int LIMIT = 10_240;

  /** What {@code {"k":""}} takes beside the value's own characters. */
  private static final int FRAME = 8;

  private final SessionTracker session = new SessionTracker();

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "€", "😀"})
  void tenThousandTwoHundredAndFortyBytesPass(String character) {
    session.setState("k", text(character, LIMIT - FRAME));

    assertThat(session.context().stateJson().getBytes(StandardCharsets.UTF_8)).hasSize(LIMIT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "é", "€", "😀"})
  void oneByteMoreIsRefusedAndTheStateStays(String character) {
    session.setState("k", "before");

    StateTooLargeException refused =
        catchThrowableOfType(
            StateTooLargeException.class,
            () -> session.setState("k", text(character, LIMIT - FRAME + 1)));

    assertThat(refused.key()).isEqualTo("k");
    assertThat(refused.size()).isEqualTo(LIMIT + 1);
    assertThat(refused.limit()).isEqualTo(LIMIT);
    assertThat(refused).hasMessageContaining("\"k\"").hasMessageContaining("10241");
    assertThat(session.context().stateJson()).isEqualTo("{\"k\":\"before\"}");
  }

  @Test
  void allValuesTogetherCount() {
    session.setState("a", text("x", 6_000));

    StateTooLargeException refused =
        catchThrowableOfType(
            StateTooLargeException.class, () -> session.setState("b", text("x", 6_000)));

    assertThat(refused.key()).isEqualTo("b");
    assertThat(session.getState().has("b")).isFalse();
  }

  @Test
  void aSmallerValueMakesRoom() {
    session.setState("a", text("x", 10_000));
    session.setState("a", 1);
    session.setState("b", text("x", 10_000));

    assertThat(session.getState().get("a").getAsInt()).isEqualTo(1);
  }

  /** Returns text of so many bytes: the character again and again, filled up with ASCII. */
  private static String text(String character, int bytes) {
    int size = character.getBytes(StandardCharsets.UTF_8).length;
    return character.repeat(bytes / size) + "x".repeat(bytes % size);
  }
}
