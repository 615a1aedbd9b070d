package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import io.traceforge.recording.ScriptedStorage.Gate;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A log may be slow: no caller waits for it. Its lines begin with the thread that logs. */
@Timeout(60)
class LogThreadTest {
  private static final String FULL = "Calls were not recorded: the queue is full";
  private static final String CLOSED = "Calls were not recorded: the recorder is closed";

  private final Thread caller = Thread.currentThread();
  private final PrintStream usual = System.err;
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final CountDownLatch logOpen = new CountDownLatch(1);
  private final ScriptedStorage storage = new ScriptedStorage();
  private final Gate gate = storage.gated();

  @BeforeEach
  void logHere() {
    System.setErr(new PrintStream(new Slow(logOpen), true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void restore() {
    logOpen.countDown();
    gate.open();
    System.setErr(usual);
  }

  /** A log that takes nothing until it is opened, but from the caller, who is not to use it. */
  private final class Slow extends OutputStream {
    private final CountDownLatch open;

    Slow(CountDownLatch open) {
      this.open = open;
    }

    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      if (Thread.currentThread() != caller) {
        Eventually.await(open);
      }
      log.write(bytes, offset, length);
    }
  }

  @Test
  void theWriterTellsWhatCallersHaveLost() {
    Recorder recorder = start(Eventually.DEADLINE);
    for (int call = 0; call < 12; call++) {
      Calls.succeeded(recorder, "s");
    }
    assertThat(lines(FULL)).isEmpty();

    logOpen.countDown();
    gate.open();
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
    assertThat(lines(FULL)).hasSize(2).allMatch(line -> line.contains("[traceforge-writer]"));
    assertThat(lines(FULL)).last().asString().endsWith("10 so far");
    recorder.close();
  }

  @Test
  void theCloseTellsItIfTheStorageHoldsTheWriterUp() {
    Recorder recorder = start(Duration.ofMillis(50));
    Calls.succeeded(recorder, "s");
    Calls.succeeded(recorder, "s");
    logOpen.countDown();
    recorder.close();

    assertThat(lines(FULL)).hasSize(1);
    assertThat(lines("Not everything was stored"))
        .singleElement()
        .asString()
        .contains("lost calls: 3")
        .contains("still wait: 0");
  }

  @Test
  void anotherThreadTellsWhatIsLostAfterTheClose() {
    gate.open();
    Recorder recorder = start(Eventually.DEADLINE);
    logOpen.countDown();
    recorder.close();
    CountDownLatch secondOpen = new CountDownLatch(1);
    System.setErr(new PrintStream(new Slow(secondOpen), true, StandardCharsets.UTF_8));
    Calls.succeeded(recorder, "s");

    assertThat(recorder.stats().lostTraces()).isEqualTo(1);
    assertThat(lines(CLOSED)).isEmpty();
    secondOpen.countDown();
    Eventually.waitUntil("it is told", () -> lines(CLOSED).size() == 1);
    assertThat(lines(CLOSED)).singleElement().asString().contains("[traceforge-log]");
  }

  /** The writer is in the storage, and there is room for one call. */
  private Recorder start(Duration closeTimeout) {
    Recorder recorder =
        Recorder.start(
            storage, RecorderOptions.builder().queueCapacity(1).closeTimeout(closeTimeout).build());
    Calls.unsent(recorder, "plug");
    gate.awaitWriter();
    return recorder;
  }

  private List<String> lines(String text) {
    return log.toString(StandardCharsets.UTF_8).lines().filter(l -> l.contains(text)).toList();
  }
}
