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
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
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

    assertThat(recorder.stats().lostTraces()).as("with what the backend holds").isEqualTo(3);
    assertThat(recorder.stats().queuedEntries()).isZero();
    gate.open();
    Eventually.waitUntil("it is stored", () -> recorder.stats().lostTraces() == 2);
  }

  @Test
  void whatEndsInTheMomentOfTheCloseIsStoredOrCounted() throws Exception {
    for (int round = 0; round < 20; round++) {
      Recorder recorder =
          Recorder.start(
              new ScriptedStorage(), RecorderOptions.builder().queueCapacity(20).build());
      // More than there are processors, so that some are stopped between any two instructions.
      List<Caller> callers = Stream.generate(() -> new Caller(recorder)).limit(12).toList();
      callers.forEach(Thread::start);
      Eventually.waitUntil("they call", () -> callers.stream().allMatch(c -> c.ended > 0));
      recorder.close();
      callers.forEach(caller -> caller.stopped = true);
      long ended = 0;
      for (Caller caller : callers) {
        caller.join();
        ended += caller.ended;
      }

      RecorderStats stats = recorder.stats();
      assertThat(stats.storedTraces() + stats.lostTraces()).isEqualTo(ended);
      assertThat(stats.queuedEntries()).isZero();
    }
  }

  private static final class Caller extends Thread {
    private final Recorder recorder;
    volatile int ended;
    volatile boolean stopped;

    Caller(Recorder recorder) {
      this.recorder = recorder;
    }

    @Override
    public void run() {
      for (int calls = 1; !stopped; calls++) {
        Calls.unsent(recorder, "s");
        ended = calls;
      }
    }
  }

  @Test
  void aBackendThatClosesItsOwnRecorderIsNotWaitedFor() {
    Recorder[] recorder = new Recorder[1];
    storage.beforeWrite(traces -> recorder[0].close());
    recorder[0] = start(Duration.ofDays(1));
    Calls.succeeded(recorder[0], "s");

    Eventually.waitUntil("it is closed", () -> storage.closes() == 1);
    assertThat(storage.listTracesBySession("s")).hasSize(1);
  }

  @Test
  void aRecorderThatRecordsNothingHasNoThread() {
    Set<Thread> before = Thread.getAllStackTraces().keySet();
    Recorder off = Recorder.off();
    Calls.succeeded(off, "s");
    Calls.sent(off, "s").endWhenForgotten(new Object());

    assertThat(Thread.getAllStackTraces().keySet()).isSubsetOf(before);
    assertThat(off.stats().lostTraces()).isZero();
    assertThat(off.stats().bufferedBytes()).isZero();
    off.close();
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
