package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.Unclosed;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageException;
import io.traceforge.trace.SessionMetadata;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What was lost is told in the sessions that it was lost from. */
@Timeout(60)
class LossTellingTest {
  private final Choosy storage = new Choosy();
  private final Recorder recorder =
      Recorder.start(storage, RecorderOptions.builder().pollInterval(Duration.ofMillis(1)).build());

  @AfterEach
  void close() {
    storage.refused.clear(); // else the close would wait for them
    recorder.close();
  }

  /** Takes no updates of some sessions. */
  private static final class Choosy extends Unclosed {
    final Set<String> refused = ConcurrentHashMap.newKeySet();
    final AtomicInteger refusals = new AtomicInteger();

    Choosy() {
      super(new InMemoryStorageBackend());
    }

    @Override
    public void updateSession(SessionUpdate update) {
      if (refused.contains(update.sessionId())) {
        refusals.incrementAndGet();
        throw new StorageException("cannot take this");
      }
      super.updateSession(update);
    }
  }

  @Test
  void aSessionThatTheBackendRefusesDoesNotKeepOthersFromBeingTold() {
    for (int i = 0; i < 20; i++) {
      if (i < 10) {
        storage.refused.add("s" + i);
      }
      lose("s" + i);
    }

    for (int i = 10; i < 20; i++) {
      String sessionId = "s" + i;
      Eventually.waitUntil("it is told", () -> lostOf(sessionId) == 1);
    }
    storage.refused.clear();
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    assertThat(lostOf("s0")).isEqualTo(1);
  }

  @Test
  void aRefusalIsNotRepeatedAtOnce() {
    storage.refused.add("s");
    lose("s");
    Eventually.waitUntil("it is refused", () -> storage.refusals.get() > 0);

    int before = storage.refusals.get();
    for (int call = 0; call < 40; call++) {
      String id = Calls.succeeded(recorder, "other");
      Eventually.waitUntil("it is stored", () -> storage.getTrace(id).isPresent());
    }
    // As many batches, 1 ms apart at least; the waiting grows from 2 to 64 ms.
    assertThat(storage.refusals.get() - before).isLessThan(20);
  }

  private void lose(String sessionId) {
    CallRecording broken = recorder.begin(Calls.in(sessionId));
    broken.request(
        "GET",
        Calls.URL,
        () -> {
          throw new IllegalStateException("headers are gone");
        },
        null);
    broken.cancelled(null);
  }

  private long lostOf(String sessionId) {
    return storage.getSessionMetadata(sessionId).map(SessionMetadata::lostTraces).orElse(0L);
  }
}
