package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.StorageUnavailableException;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a close has no time to store is told before it returns. */
@Timeout(60)
class CloseDeadlineTest {
  /** A quarter of it is there for the telling. */
  private static final Duration TIMEOUT = Duration.ofSeconds(4);

  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final TellingStorage storage = new TellingStorage();

  @Test
  void whileTheStorageIsSlow() {
    Recorder recorder = start(TIMEOUT);
    storage.beforeTraces(traces -> traces.forEach(trace -> slowly()));
    call(recorder, 1_000);
    end(recorder);
    recorder.close();

    RecorderStats stats = recorder.stats();
    assertThat(stats.lostTraces()).isPositive();
    assertThat(stats.storedTraces()).isPositive();
    assertThat(stats.storedTraces() + stats.lostTraces()).isEqualTo(1_000);
    assertThat(stats.bufferedBytes()).isZero();
    assertThat(storage.listTracesBySession("s")).hasSize((int) stats.storedTraces());
    assertTold(stats.lostTraces());
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whileTheStorageTakesNoTraces(boolean saysSo) {
    Recorder recorder = start(TIMEOUT);
    storage.beforeTraces(
        traces -> {
          throw saysSo ? new StorageUnavailableException("full") : new StorageException("no");
        });
    call(recorder, 10);
    end(recorder);
    recorder.close();

    assertThat(recorder.stats().lostTraces()).isEqualTo(10);
    assertThat(recorder.stats().bufferedBytes()).isZero();
    assertTold(10);
  }

  /** The first tries to tell it fail, too. */
  @Test
  void whenTheStorageComesBackInTheLastMoment() {
    AtomicInteger updates = new AtomicInteger();
    storage.beforeTraces(
        traces -> {
          throw new StorageUnavailableException("full");
        });
    storage.beforeUpdate(
        update -> {
          if (updates.incrementAndGet() <= 3) {
            throw new StorageUnavailableException("full");
          }
        });
    Recorder recorder = start(TIMEOUT);
    call(recorder, 10);
    recorder.close();

    assertThat(storage.told()).containsExactly("lost s 10", "closed");
  }

  /** What it has in hand is stored when it comes back, what waited behind that is told. */
  @Test
  void onceTheStorageComesBackThatHeldEverythingUp() {
    ScriptedStorage.Gate gate = new ScriptedStorage.Gate();
    storage.beforeTraces(traces -> gate.pass());
    Recorder recorder = start(Duration.ofMillis(50));
    String held = Calls.succeeded(recorder, "s");
    gate.awaitWriter();
    call(recorder, 3);
    recorder.close();

    assertThat(recorder.stats().lostTraces()).isEqualTo(4);
    assertThat(storage.told()).isEmpty();
    gate.open();
    Eventually.waitUntil("it is closed", () -> storage.told().contains("closed"));
    assertThat(storage.told()).containsExactly("lost s 3", "closed");
    assertThat(storage.listTracesBySession("s")).extracting(Trace::id).containsExactly(held);
    assertThat(recorder.stats().lostTraces()).isEqualTo(3);
  }

  @Test
  void aStorageThatHasTimeLosesNothingThoughItIsSlow() {
    storage.beforeTraces(traces -> traces.forEach(trace -> slowly()));
    Recorder recorder = start(Eventually.DEADLINE);
    call(recorder, 100);
    end(recorder);
    recorder.close();

    assertThat(recorder.stats().storedTraces()).isEqualTo(100);
    assertThat(storage.told()).containsExactly("ended s", "closed");
  }

  private void assertTold(long lost) {
    SessionMetadata metadata = storage.getSessionMetadata("s").orElseThrow();
    assertThat(metadata.lostTraces()).isEqualTo(lost);
    assertThat(metadata.status()).isNotEqualTo(SessionStatus.IN_PROGRESS);
    assertThat(storage.told()).containsExactly("lost s " + lost, "ended s", "closed");
  }

  private Recorder start(Duration closeTimeout) {
    return Recorder.start(storage, RecorderOptions.builder().closeTimeout(closeTimeout).build());
  }

  private static List<String> call(Recorder recorder, int calls) {
    return IntStream.range(0, calls).mapToObj(i -> Calls.succeeded(recorder, "s")).toList();
  }

  private static void end(Recorder recorder) {
    recorder.updateSession(SessionUpdate.ended("s", Instant.now()));
  }

  /** As a disk that is busy. */
  private static void slowly() {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < SLOW_NANOS) {
      LockSupport.parkNanos(SLOW_NANOS);
    }
  }
}
