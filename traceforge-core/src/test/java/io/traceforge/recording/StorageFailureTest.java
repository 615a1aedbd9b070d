package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.StorageUnavailableException;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class StorageFailureTest {
  private final ScriptedStorage storage = new ScriptedStorage();
  private final Recorder recorder =
      Recorder.start(
          storage,
          RecorderOptions.builder()
              .closeTimeout(Duration.ofMillis(100))
              .pollInterval(Duration.ofMillis(1))
              .build());

  @AfterEach
  void close() {
    recorder.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1 2 3", "1 2 3 4 5", "1 2 3 5", "1 2 3 5 6 7"})
  void aStorageThatFailsForAWhileLosesNothing(String failingWrites) {
    List<String> failing = List.of(failingWrites.split(" "));
    storage.failing(write -> failing.contains(Integer.toString(write)));
    List<String> ids = calls(6);
    recorder.updateSession(SessionUpdate.ended("s", Instant.now()));

    assertThat(metadata().status()).isEqualTo(SessionStatus.COMPLETED);
    assertThat(storedIds()).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(recorder.stats().lostTraces()).isZero();
    assertThat(recorder.stats().storedTraces()).isEqualTo(6);
    assertThat(recorder.stats().storageFailures()).isEqualTo(failing.size());
    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void tracesThatTheBackendRefusesDoNotHoldBackOthers(int poisonous) {
    Set<String> refused = ConcurrentHashMap.newKeySet();
    storage.beforeWrite(
        traces -> {
          if (traces.stream().anyMatch(trace -> refused.contains(trace.id()))) {
            throw new StorageException("cannot take this");
          }
        });
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      CallRecording call = recorder.begin(Calls.in("s"));
      ids.add(call.traceId());
      if (i < poisonous) {
        refused.add(call.traceId());
      }
      call.cancelled(null);
    }

    assertThat(metadata().lostTraces()).isEqualTo(poisonous);
    assertThat(storedIds()).containsExactlyInAnyOrderElementsOf(ids.subList(poisonous, 20));
    assertThat(recorder.stats().lostTraces()).isEqualTo(poisonous);
  }

  @Test
  void aSessionOfWhichTheBackendTakesNothingDoesNotHoldBackOthers() {
    storage.beforeWrite(
        traces -> {
          if (traces.isEmpty()
              || traces.stream().anyMatch(trace -> "poison".equals(trace.sessionId()))) {
            throw new StorageException("cannot take this");
          }
        });
    for (int i = 0; i < 10; i++) {
      Calls.unsent(recorder, "poison");
    }
    List<String> ids = calls(10);

    assertThat(storedIds()).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(recorder.stats().lostTraces()).isEqualTo(10);
  }

  @Test
  void aTraceThatTheBackendRefusesIsGivenUpThoughItIsAlone() {
    refuseTraces(new StorageException("cannot take this"));
    String alone = Calls.succeeded(recorder, "s");

    assertThat(metadata().lostTraces()).isEqualTo(1);
    assertThat(recorder.stats().lostTraces()).isEqualTo(1);
    assertThat(storage.getTrace(alone)).isEmpty();
  }

  @Test
  void aTraceAloneWaitsForABackendThatIsDown() {
    storage.failing(write -> write <= 12);
    List<String> ids = calls(1);

    assertThat(storedIds()).isEqualTo(ids);
    assertThat(recorder.stats().lostTraces()).isZero();
  }

  @Test
  void aTraceWaitsForABackendThatSaysThatItIsDownThoughItTakesOtherWrites() {
    refuseTraces(new StorageUnavailableException("disk full"));
    String alone = Calls.succeeded(recorder, "s");
    Eventually.waitUntil("many tries failed", () -> recorder.stats().storageFailures() >= 8);
    storage.beforeWrite(traces -> {});

    assertThat(storedIds()).containsExactly(alone);
    assertThat(recorder.stats().lostTraces()).isZero();
  }

  private void refuseTraces(StorageException refusal) {
    storage.beforeWrite(
        traces -> {
          if (!traces.isEmpty()) {
            throw refusal;
          }
        });
  }

  @Test
  void anErrorOfTheBackendDoesNotEndTheRecording() {
    storage.beforeWrite(
        traces -> {
          storage.beforeWrite(later -> {});
          throw new StackOverflowError();
        });

    assertThat(calls(3)).hasSize(3).containsExactlyInAnyOrderElementsOf(storedIds());
    assertThat(recorder.stats().storageFailures()).isEqualTo(1);
  }

  @Test
  void anExceptionThatNoSignatureTellsOfDoesNotEndTheRecordingEither() {
    storage.beforeWrite(
        traces -> {
          storage.beforeWrite(later -> {});
          StorageFailureTest.<RuntimeException>sneak(new IOException("undeclared"));
        });

    assertThat(calls(3)).hasSize(3).containsExactlyInAnyOrderElementsOf(storedIds());
    assertThat(recorder.stats().storageFailures()).isEqualTo(1);
  }

  @SuppressWarnings("unchecked")
  private static <X extends Exception> void sneak(Exception undeclared) throws X {
    throw (X) undeclared;
  }

  @Test
  void anExceptionThatCannotBeLoggedLosesNothing() {
    storage.beforeWrite(
        traces -> {
          storage.beforeWrite(later -> {});
          throw new SpeechlessException();
        });

    assertThat(calls(3)).hasSize(3).containsExactlyInAnyOrderElementsOf(storedIds());
    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  private static final class SpeechlessException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    @Override
    public String getMessage() {
      throw new IllegalStateException("no message");
    }
  }

  @Test
  void anInterruptThatTheBackendLeavesBehindIsGoneAtTheNextWrite() {
    List<Boolean> interrupted = new CopyOnWriteArrayList<>();
    storage.beforeWrite(
        traces -> {
          interrupted.add(Thread.currentThread().isInterrupted());
          Thread.currentThread().interrupt();
          if (interrupted.size() == 1) {
            throw new StorageException("interrupted");
          }
        });
    calls(1);
    storedIds();
    calls(1);
    storedIds();

    assertThat(interrupted).hasSizeGreaterThan(2).containsOnly(false);
  }

  @Test
  void aHeaderSupplierThatThrowsLosesItsOwnCallOnly() {
    CallRecording broken = recorder.begin(Calls.in("s"));
    broken.request(
        "GET",
        Calls.URL,
        () -> {
          throw new IllegalStateException("headers are gone");
        },
        null);
    broken.cancelled(null);
    List<String> ids = calls(1);

    assertThat(storedIds()).isEqualTo(ids);
    assertThat(metadata().lostTraces()).isEqualTo(1);
    assertThat(recorder.stats().internalErrors()).isEqualTo(1);
    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  @Test
  void theSessionsEndComesAfterItsTraces() {
    storage.failing(write -> write <= 2);
    calls(1);
    recorder.updateSession(SessionUpdate.failed("s", Instant.now(), "first"));
    recorder.updateSession(SessionUpdate.resumed("s", Instant.now()));

    assertThat(metadata().status()).isEqualTo(SessionStatus.IN_PROGRESS);
  }

  private List<String> calls(int count) {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      ids.add(Calls.succeeded(recorder, "s"));
    }
    return ids;
  }

  private List<String> storedIds() {
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    return storage.listTracesBySession("s").stream().map(Trace::id).toList();
  }

  private SessionMetadata metadata() {
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    return storage.getSessionMetadata("s").orElseThrow();
  }
}
