package io.traceforge.recording;

import io.traceforge.storage.StorageUnavailableException;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A program that ends without closing its recorder, while its storage is in trouble. The storage
 * writes into a file how many traces it stored, and how many it was told to be lost.
 */
final class TroubledExitMain {
  static final int CALLS = 1_000;

  private static final long SLOW_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final TellingStorage storage = new TellingStorage();
  private final Path file;
  private volatile boolean down;

  private TroubledExitMain(Path file) {
    this.file = file;
    storage.beforeUpdate(update -> write("lost " + update.lostTraces()));
  }

  public static void main(String[] args) {
    TroubledExitMain program = new TroubledExitMain(Path.of(args[1]));
    if (args[0].equals("slow")) {
      program.endWhileTheStorageIsSlow();
    } else {
      program.endWhileTheStorageIsDown();
    }
  }

  private void endWhileTheStorageIsSlow() {
    storage.beforeTraces(
        traces -> {
          traces.forEach(trace -> slowly());
          stored(traces);
        });
    call(start(Duration.ofSeconds(4)));
  }

  /** It comes back while another hook works, which waits until all is stored. */
  private void endWhileTheStorageIsDown() {
    down = true;
    storage.beforeTraces(
        traces -> {
          if (down) {
            throw new StorageUnavailableException("not now");
          }
          stored(traces);
        });
    Recorder recorder = start(Duration.ofMillis(500));
    call(recorder);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> storeLate(recorder)));
  }

  private void storeLate(Recorder recorder) {
    try {
      for (Thread hook : Thread.getAllStackTraces().keySet()) {
        if (hook.getName().equals("traceforge-exit")) {
          hook.join();
        }
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    down = false;
    recorder.flush(Duration.ofSeconds(30));
  }

  private Recorder start(Duration closeTimeout) {
    return Recorder.start(storage, RecorderOptions.builder().closeTimeout(closeTimeout).build());
  }

  private static void call(Recorder recorder) {
    for (int call = 0; call < CALLS; call++) {
      Calls.unsent(recorder, "s");
    }
  }

  private void stored(List<Trace> traces) {
    write("stored " + traces.size());
  }

  private void write(String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As a disk that is busy. */
  private static void slowly() {
    long begun = System.nanoTime();
    while (System.nanoTime() - begun < SLOW_NANOS) {
      LockSupport.parkNanos(SLOW_NANOS);
    }
  }
}
