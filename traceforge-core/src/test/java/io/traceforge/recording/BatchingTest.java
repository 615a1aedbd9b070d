package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.recording.ScriptedStorage.Gate;
import io.traceforge.trace.HttpHeaders;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BatchingTest {
  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final ScriptedStorage storage = new ScriptedStorage();
  private final Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build());

  @AfterEach
  void close() {
    recorder.close();
  }

  @Test
  void whatTakesLongToReadIsStoredInPieces() {
    Gate gate = storage.gated();
    Calls.unsent(recorder, "plug");
    gate.awaitWriter();
    IntStream.range(0, 60).forEach(i -> call());
    gate.open();
    recorder.flush(Eventually.DEADLINE);

    List<Integer> sizes = storage.saves().stream().skip(1).map(List::size).toList();
    assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(60);
    assertThat(sizes).hasSizeGreaterThan(1);
  }

  /** Until it is known how long that takes. */
  @Test
  void whatComesFirstIsStoredInSmallPieces() {
    assertThat(sizesOf(200, storage.gated()).get(0)).isLessThanOrEqualTo(40);
  }

  @Test
  void whileStoringIsSlowThePiecesStaySmall() {
    Gate gate = storage.gated();
    storage.beforeWrite(
        traces -> {
          gate.pass();
          traces.forEach(trace -> slowly());
        });

    assertThat(sizesOf(100, gate)).allMatch(size -> size <= 20);
  }

  private List<Integer> sizesOf(int calls, Gate gate) {
    Calls.unsent(recorder, "plug");
    gate.awaitWriter();
    IntStream.range(0, calls).forEach(i -> Calls.unsent(recorder, "s"));
    gate.open();
    recorder.flush(Eventually.DEADLINE);
    List<Integer> sizes = storage.saves().stream().skip(1).map(List::size).toList();
    assertThat(sizes.stream().mapToInt(size -> size).sum()).isEqualTo(calls);
    return sizes;
  }

  private void call() {
    CallRecording call = recorder.begin(Calls.in("s"));
    call.request("POST", Calls.URL, BatchingTest::slowly, null);
    call.cancelled(null);
  }

  /** As the work that the writer does for a large body on a busy machine. */
  private static HttpHeaders slowly() {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < SLOW_NANOS) {
      LockSupport.parkNanos(SLOW_NANOS);
    }
    return HttpHeaders.empty();
  }
}
