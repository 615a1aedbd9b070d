package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.Unclosed;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.trace.Trace;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The storage does what can wait while there is nothing to store, or now and then. */
@Timeout(60)
class MaintenanceTest {
  private final InMemoryStorageBackend memory = new InMemoryStorageBackend();

  /** Has something to do three times after each trace. */
  private static class Untidy extends Unclosed {
    final AtomicInteger calls = new AtomicInteger();

    Untidy(InMemoryStorageBackend memory) {
      super(memory);
    }

    @Override
    public boolean maintain() {
      return calls.incrementAndGet() % 3 != 0;
    }

    boolean isTidy() {
      return calls.get() % 3 == 0;
    }
  }

  @Test
  void untilThereIsNoMoreToDo() {
    Untidy storage = new Untidy(memory);
    try (Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build())) {
      Calls.succeeded(recorder, "s");
      Eventually.waitUntil("it is tidy", () -> storage.calls.get() >= 3 && storage.isTidy());
      int before = storage.calls.get();
      Calls.succeeded(recorder, "s");
      Eventually.waitUntil("tidy again", () -> storage.calls.get() > before && storage.isTidy());
    }
    assertThat(memory.listTracesBySession("s")).hasSize(2);
    assertThat(storage.isTidy()).isTrue();
  }

  /** Each batch is followed by another, as in a program that makes calls all the time. */
  private static class Busy extends Unclosed {
    private static final int MOST = 4;
    final AtomicInteger turns = new AtomicInteger();
    final AtomicReference<Recorder> recorder = new AtomicReference<>();

    Busy(InMemoryStorageBackend memory) {
      super(memory);
    }

    @Override
    public void saveTraces(List<Trace> traces) {
      super.saveTraces(traces);
      if (!isDone() && recorder.get() != null) {
        Calls.succeeded(recorder.get(), "s");
      }
      Thread.currentThread().interrupt();
    }

    @Override
    public boolean maintain() {
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      return turns.incrementAndGet() < MOST;
    }

    boolean isDone() {
      return turns.get() >= MOST;
    }
  }

  @Test
  void thoughThereIsAlwaysSomethingToStore() {
    Busy storage = new Busy(memory);
    try (Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build())) {
      storage.recorder.set(recorder);
      Calls.succeeded(recorder, "s");
      Eventually.waitUntil("it had its turns", storage::isDone);
      assertThat(recorder.stats().storageFailures()).isZero();
    }
  }

  /** As a program does that reads what it records all the time. */
  @Test
  void thoughSomebodyAlwaysWaitsForTheWriter() {
    Untidy storage = new Untidy(memory);
    try (Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build())) {
      Eventually.waitUntil(
          "it had its turn",
          () -> {
            Calls.succeeded(recorder, "s");
            return recorder.flush(Eventually.DEADLINE) && storage.calls.get() > 0;
          });
    }
  }

  @Test
  void whatFailsThereHarmsNothing() {
    AtomicInteger calls = new AtomicInteger();
    Unclosed storage =
        new Unclosed(memory) {
          @Override
          public boolean maintain() {
            calls.incrementAndGet();
            throw new IllegalStateException("no");
          }
        };
    try (Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build())) {
      Calls.succeeded(recorder, "s");
      Eventually.waitUntil("it was asked", () -> calls.get() > 0);
      int before = calls.get();
      Calls.succeeded(recorder, "s");
      Eventually.waitUntil("it was asked again", () -> calls.get() > before);
      assertThat(recorder.stats().storageFailures()).isPositive();
      assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
      assertThat(memory.listTracesBySession("s")).hasSize(2);
    }
  }
}
