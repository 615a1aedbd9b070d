package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.StorageUnavailableException;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever sees that a session has ended sees what it has lost, too. */
@Timeout(60)
class LossBeforeEndTest {
  private final TellingStorage storage = new TellingStorage();
  private final ScriptedStorage.Gate gate = new ScriptedStorage.Gate();
  private final Recorder recorder =
      Recorder.start(
          storage,
          RecorderOptions.builder().queueCapacity(3).pollInterval(Duration.ofMillis(1)).build());

  @AfterEach
  void close() {
    gate.open();
    storage.beforeTraces(traces -> {});
    storage.beforeUpdate(update -> {});
    recorder.close();
  }

  @Test
  void ofCallsThatFoundTheQueueFull() {
    loseTwoAndEnd();

    assertThat(storage.told()).containsExactly("lost s 2", "ended s");
  }

  @Test
  void ofSeveralSessionsEachBeforeItsOwnEnd() {
    plug();
    for (int call = 0; call < 4; call++) {
      Calls.unsent(recorder, "s");
    }
    Calls.unsent(recorder, "t");
    end("s");
    end("t");
    flush();

    assertThat(storage.told()).containsExactly("lost s 1", "ended s", "lost t 1", "ended t");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void howeverOftenTheLossIsRefusedAtFirst(int refusals) {
    refuseAtFirst(
        refusals, update -> update.lostTraces() > 0, new StorageUnavailableException("no"));
    loseTwoAndEnd();

    assertThat(storage.told()).containsExactly("lost s 2", "ended s");
    assertThat(lost()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void onceThoughTheEndIsTriedAgain(int refusals) {
    refuseAtFirst(refusals, SessionUpdate::ended, new StorageException("no"));
    loseTwoAndEnd();

    assertThat(storage.told()).containsExactly("lost s 2", "ended s");
    assertThat(lost()).isEqualTo(2);
  }

  @Test
  void ofACallThatTheStorageRefuses() {
    storage.beforeTraces(
        traces -> {
          throw new StorageException("cannot take this");
        });
    Calls.unsent(recorder, "s");
    end("s");
    flush();

    assertThat(storage.told()).containsExactly("lost s 1", "ended s");
  }

  @Test
  void butALossThatTheStorageNeverTakesHoldsNoEndBack() {
    storage.beforeUpdate(
        update -> {
          if (update.lostTraces() > 0) {
            throw new StorageException("no");
          }
        });
    loseTwoAndEnd();

    assertThat(storage.told()).containsExactly("ended s");
    assertThat(metadata().status()).isNotEqualTo(SessionStatus.IN_PROGRESS);
  }

  private void refuseAtFirst(
      int refusals, Predicate<SessionUpdate> refused, StorageException failure) {
    AtomicInteger writes = new AtomicInteger();
    storage.beforeUpdate(
        update -> {
          if (refused.test(update) && writes.incrementAndGet() <= refusals) {
            throw failure;
          }
        });
  }

  private void loseTwoAndEnd() {
    plug();
    for (int call = 0; call < 5; call++) {
      Calls.unsent(recorder, "s");
    }
    end("s");
    flush();
  }

  /** Keeps the writer busy until the gate is opened, and lets it try again, with all that came. */
  private void plug() {
    storage.beforeTraces(
        traces -> {
          gate.pass();
          storage.beforeTraces(later -> {});
          throw new StorageUnavailableException("not now");
        });
    Calls.unsent(recorder, "plug");
    gate.awaitWriter();
  }

  private void end(String sessionId) {
    recorder.updateSession(SessionUpdate.ended(sessionId, Instant.now()));
  }

  private void flush() {
    gate.open();
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
  }

  private SessionMetadata metadata() {
    return storage.getSessionMetadata("s").orElseThrow();
  }

  private long lost() {
    return metadata().lostTraces();
  }
}
