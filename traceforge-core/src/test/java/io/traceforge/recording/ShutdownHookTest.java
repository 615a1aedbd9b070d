package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import java.io.File;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShutdownHookTest {
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"return, 0", "exit, 3", "throw, 1"})
  void aProgramThatEndsWithoutCloseHasStoredAllThatHadFinished(String ending, int exitCode)
      throws Exception {
    Path stored = dir.resolve("stored");
    Path finished = dir.resolve("finished");
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                ShortLivedMain.class.getName(),
                ending,
                stored.toString())
            .redirectOutput(finished.toFile())
            .redirectError(Redirect.to(new File(dir.toFile(), "errors")))
            .start();
    try {
      assertThat(program.waitFor(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      program.destroyForcibly();
    }

    List<String> ids = Files.readAllLines(finished);
    assertThat(program.exitValue()).isEqualTo(exitCode);
    assertThat(ids).hasSize(100);
    assertThat(Files.readAllLines(stored)).containsExactlyInAnyOrderElementsOf(ids);
  }
}
