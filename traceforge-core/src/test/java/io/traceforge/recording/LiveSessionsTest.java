package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveSessionsTest {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  private final LiveSessions sessions = new LiveSessions(Duration.ofHours(1));

  @Test
  void aSessionThatIsSilentPastTheTimeoutIsForgottenOnceThereAreMany() {
    sessions.nextCallNumber("silent", 0);
    sessions.nextCallNumber("busy", 0);
    sessions.nextCallNumber("busy", HOUR);
    for (int i = 0; i < 200; i++) {
      sessions.nextCallNumber("other-" + i, HOUR + 1);
    }

    assertThat(sessions.nextCallNumber("silent", HOUR + 1)).isEqualTo(1);
    assertThat(sessions.nextCallNumber("busy", HOUR + 1)).isEqualTo(3);
  }

  @Test
  void timeMayBeNegativeAndRunOver() {
    long now = Long.MAX_VALUE - 1;
    sessions.nextCallNumber("s", now);
    for (int i = 0; i < 200; i++) {
      sessions.nextCallNumber("other-" + i, now + 10);
    }

    assertThat(sessions.nextCallNumber("s", now + 20)).isEqualTo(2);
  }
}
