package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CallNumberTest {
  private final InMemoryStorageBackend storage = new InMemoryStorageBackend();
  private final Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build());

  @AfterEach
  void close() {
    recorder.close();
  }

  @Test
  void aSessionsCallsAreNumberedFromOneWithoutGapByAnyNumberOfThreads() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        tasks.add(
            () -> {
              for (int i = 0; i < 50; i++) {
                Calls.succeeded(recorder, "job-17");
              }
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }

    assertThat(numbersOf("job-17"))
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(1, 400).boxed().toList());
    assertThat(storage.getSessionMetadata("job-17").orElseThrow().lostTraces()).isZero();
  }

  @Test
  void aCallThatIsNotSentYetDoesNotLookLost() {
    CallRecording connecting = recorder.begin(new SessionPosition("job-17", 0, null, "{}", false));
    Calls.succeeded(recorder, "job-17");
    assertThat(numbersOf("job-17")).containsExactly(1);
    assertThat(storage.getSessionMetadata("job-17").orElseThrow().lostTraces()).isZero();

    connecting.failed(new java.net.ConnectException());
    assertThat(numbersOf("job-17")).containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void everySessionHasNumbersOfItsOwn() {
    Calls.succeeded(recorder, "job-17");
    Calls.succeeded(recorder, "job-18");
    Calls.succeeded(recorder, "job-17");

    assertThat(numbersOf("job-17")).containsExactly(1, 2);
    assertThat(numbersOf("job-18")).containsExactly(1);
  }

  @Test
  void aResumedSessionGoesOnCounting() {
    recorder.resumeSession("job-17", 41, null);
    Calls.succeeded(recorder, "job-17");

    assertThat(numbersOf("job-17")).containsExactly(42);
  }

  @Test
  void resumingNeverCountsBackwards() {
    Calls.succeeded(recorder, "job-17");
    Calls.succeeded(recorder, "job-17");
    recorder.resumeSession("job-17", 1, null);
    Calls.succeeded(recorder, "job-17");

    assertThat(numbersOf("job-17")).containsExactly(1, 2, 3);
  }

  private List<Integer> numbersOf(String sessionId) {
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    return storage.listTracesBySession(sessionId).stream().map(Trace::callNumber).sorted().toList();
  }
}
