package io.traceforge.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A program that ends without closing its recorder. Its storage is a file of trace ids. */
final class ShortLivedMain {
  private ShortLivedMain() {}

  public static void main(String[] args) {
    Path stored = Path.of(args[1]);
    ScriptedStorage storage = new ScriptedStorage();
    storage.beforeWrite(
        traces ->
            traces.stream()
                .filter(trace -> trace.status().isFinal())
                .forEach(trace -> append(stored, trace.id())));
    Recorder recorder = Recorder.start(storage, RecorderOptions.builder().build());

    for (int i = 0; i < 100; i++) {
      System.out.println(Calls.succeeded(recorder, "s"));
    }
    switch (args[0]) {
      case "exit" -> System.exit(3);
      case "throw" -> throw new IllegalStateException("on purpose");
      default -> Calls.sent(recorder, "s");
    }
  }

  private static void append(Path file, String line) {
    try {
      Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
