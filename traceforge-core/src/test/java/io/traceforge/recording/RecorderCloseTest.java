package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.recording.ScriptedStorage.Gate;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RecorderCloseTest {
  private static final Duration SHORT = Duration.ofMillis(50);

  private final ScriptedStorage storage = new ScriptedStorage();

  @Test
  void flushTellsWhetherAllWasStoredInTime() {
    try (Recorder recorder = start(Eventually.DEADLINE)) {
      Gate gate = storage.gated();
      String id = Calls.succeeded(recorder, "s");
      gate.awaitWriter();

      assertThat(recorder.flush(SHORT)).isFalse();
      assertThat(storage.getTrace(id)).isEmpty();

      gate.open();
      assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
      assertThat(storage.getTrace(id)).isPresent();
    }
  }

  @Test
  void flushTakesAnyTimeout() throws Exception {
    try (Recorder recorder = start(Eventually.DEADLINE)) {
      Gate gate = storage.gated();
      Calls.succeeded(recorder, "s");
      gate.awaitWriter();

      assertThat(recorder.flush(Duration.ofSeconds(-1))).isFalse();
      gate.open();
      assertThat(recorder.flush(ChronoUnit.FOREVER.getDuration())).isTrue();
    }
  }

  @Test
  void closeStoresWhatIsPendingAndClosesTheBackendOnce() {
    Recorder recorder = start(Eventually.DEADLINE);
    List<String> ids = List.of(Calls.succeeded(recorder, "s"), Calls.succeeded(recorder, "s"));

    recorder.close();
    recorder.close();

    assertThat(storage.listTracesBySession("s")).extracting(Trace::id).containsAll(ids);
    assertThat(storage.closes()).isEqualTo(1);
    assertThat(recorder.flush(SHORT)).isTrue();
  }

  @Test
  void closeStoresWhatIsPendingOnAnInterruptedThreadToo() {
    Recorder recorder = start(Eventually.DEADLINE);
    String id = Calls.succeeded(recorder, "s");

    Thread.currentThread().interrupt();
    recorder.close();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(storage.getTrace(id)).isPresent();
    assertThat(storage.closes()).isEqualTo(1);
  }

  @Test
  void whatEndsAfterTheCloseIsCountedAsLost() {
    Recorder recorder = start(Eventually.DEADLINE);
    CallRecording underWay = Calls.sent(recorder, "s");
    recorder.close();

    Calls.respond(underWay, 200, Calls.RESPONSE);
    underWay.readToEnd();
    Calls.succeeded(recorder, "s");
    recorder.updateSession(SessionUpdate.ended("s", Instant.now()));

    assertThat(recorder.stats().lostTraces()).isEqualTo(2);
    assertThat(recorder.stats().bufferedBytes()).isZero();
    assertThat(recorder.stats().queuedEntries()).isZero();
    assertThat(storage.getTrace(underWay.traceId()).orElseThrow().status().isFinal()).isFalse();
  }

  @Test
  void theWriterThreadEndsWithTheClose() {
    Recorder recorder = start(Eventually.DEADLINE);
    Calls.succeeded(recorder, "s");
    recorder.close();

    assertThat(storage.writer().getName()).isEqualTo("traceforge-writer");
    assertThat(storage.writer().isDaemon()).isTrue();
    Eventually.waitUntil("the writer is gone", () -> !storage.writer().isAlive());
  }

  @Test
  void theWriterThreadInheritsNothingOfTheThreadThatStartsIt() {
    InheritableThreadLocal<String> callers = new InheritableThreadLocal<>();
    AtomicReference<String> seen = new AtomicReference<>();
    callers.set("the web application's");
    storage.beforeWrite(traces -> seen.set(callers.get()));
    try (Recorder recorder = start(Eventually.DEADLINE)) {
      Calls.succeeded(recorder, "s");
    }

    assertThat(storage.writer()).isNotNull();
    assertThat(seen).hasValue(null);
  }

  @Test
  void aBackendThatBlocksForEverHoldsUpNobody() {
    Gate gate = storage.gated();
    Recorder recorder = start(SHORT);
    Calls.succeeded(recorder, "s");
    gate.awaitWriter();

    Calls.succeeded(recorder, "s");
    recorder.close();

    assertThat(storage.closes()).isZero();
    gate.open();
    Eventually.waitUntil("the backend is closed after all", () -> storage.closes() == 1);
  }

  @Test
  void closeLetsGoWhoeverWaitsForRoom() throws Exception {
    Gate gate = storage.gated();
    RecorderOptions options =
        RecorderOptions.builder()
            .overflowPolicy(OverflowPolicy.BLOCK)
            .blockTimeout(Duration.ofDays(1))
            .queueCapacity(1)
            .closeTimeout(SHORT)
            .build();
    Recorder recorder = Recorder.start(storage, options);
    Calls.unsent(recorder, "s");
    gate.awaitWriter();
    Calls.unsent(recorder, "s");
    Thread caller = new Thread(() -> Calls.unsent(recorder, "s"));
    caller.start();
    Eventually.waitUntil("it waits", () -> caller.getState() == Thread.State.TIMED_WAITING);

    recorder.close();
    caller.join();

    assertThat(recorder.stats().lostTraces()).isEqualTo(2);
    assertThat(recorder.stats().queuedEntries()).isZero();
    gate.open();
  }

  @Test
  void closeGivesUpAStorageThatStaysDown() {
    storage.failing(write -> true);
    Recorder recorder = start(SHORT);
    Calls.succeeded(recorder, "s");
    Calls.succeeded(recorder, "s");
    recorder.close();

    Eventually.waitUntil("the backend is closed", () -> storage.closes() == 1);
    assertThat(recorder.stats().lostTraces()).isEqualTo(2);
    assertThat(recorder.stats().bufferedBytes()).isZero();
  }

  private Recorder start(Duration closeTimeout) {
    return Recorder.start(storage, RecorderOptions.builder().closeTimeout(closeTimeout).build());
  }
}
