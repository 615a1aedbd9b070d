package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveSessionsTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final LiveSessions sessions = new LiveSessions(Duration.ofHours(1));

  @Test
  void aSessionThatIsSilentPastTheTimeoutIsForgottenOnceThereAreMany() {
    number("silent", 0);
    number("busy", 0);
    number("busy", HOUR);
    for (int i = 0; i < 200; i++) {
      number("other-" + i, HOUR + 1);
    }

    assertThat(number("silent", HOUR + 1)).isEqualTo(1);
    assertThat(number("busy", HOUR + 1)).isEqualTo(3);
  }

  @Test
  void timeMayBeNegativeAndRunOver() {
    long now = Long.MAX_VALUE - 1;
    number("s", now);
    for (int i = 0; i < 200; i++) {
      number("other-" + i, now + 10);
    }

    assertThat(number("s", now + 20)).isEqualTo(2);
  }

  private int number(String sessionId, long now) {
    return sessions.place(sessionId, "trace", Instant.EPOCH.plusNanos(now), now).callNumber();
  }
}
