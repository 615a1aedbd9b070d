package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.recording.ScriptedStorage.Gate;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BlockingOverflowTest {
  private final ScriptedStorage storage = new ScriptedStorage();
  private final Gate gate = storage.gated();
  private Recorder recorder;

  @AfterEach
  void close() {
    gate.open();
    recorder.close();
  }

  @Test
  void aCallWaitsForRoomAndIsThenRecorded() throws Exception {
    String queued = fillQueue(Eventually.DEADLINE);
    CompletableFuture<String> id = new CompletableFuture<>();
    Thread caller = new Thread(() -> id.complete(Calls.unsent(recorder, "s")));
    caller.start();
    Eventually.waitUntil("it waits", () -> caller.getState() == Thread.State.TIMED_WAITING);
    gate.open();

    id.get();
    assertThat(storedIds()).containsExactlyInAnyOrder(queued, id.get());
    assertThat(recorder.stats().lostTraces()).isZero();
  }

  @Test
  void aCallThatWaitsInVainIsCountedAsLost() {
    String queued = fillQueue(Duration.ofMillis(1));
    Calls.unsent(recorder, "s");
    gate.open();

    assertThat(storedIds()).containsExactly(queued);
    assertThat(recorder.stats().lostTraces()).isEqualTo(1);
    assertThat(storage.getSessionMetadata("s").orElseThrow().lostTraces()).isEqualTo(1);
  }

  @Test
  void anInterruptedCallerDoesNotWait() {
    fillQueue(Eventually.DEADLINE);
    Thread.currentThread().interrupt();
    Calls.unsent(recorder, "s");

    assertThat(Thread.interrupted()).isTrue();
    assertThat(recorder.stats().lostTraces()).isEqualTo(1);
  }

  /** Keeps the writer busy with one call, and lets one more wait in a queue of one. */
  private String fillQueue(Duration blockTimeout) {
    recorder =
        Recorder.start(
            storage,
            RecorderOptions.builder()
                .overflowPolicy(OverflowPolicy.BLOCK)
                .blockTimeout(blockTimeout)
                .queueCapacity(1)
                .build());
    Calls.unsent(recorder, "plug");
    gate.awaitWriter();
    return Calls.unsent(recorder, "s");
  }

  private List<String> storedIds() {
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    return storage.listTracesBySession("s").stream().map(Trace::id).toList();
  }
}
