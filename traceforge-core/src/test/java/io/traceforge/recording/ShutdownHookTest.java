package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.Eventually;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShutdownHookTest {
  @TempDir Path dir;

  @ParameterizedTest
  @CsvSource({"return, 0", "exit, 3", "throw, 1"})
  void aProgramThatEndsWithoutCloseHasStoredAllThatHadFinished(String ending, int exitCode)
      throws Exception {
    assertThat(run(ShortLivedMain.class, ending)).isEqualTo(exitCode);

    List<String> ids = Files.readAllLines(finished());
    assertThat(ids).hasSize(100);
    assertThat(Files.readAllLines(stored())).containsExactlyInAnyOrderElementsOf(ids);
  }

  @Test
  void whatThereIsNoTimeToStoreIsTold() throws Exception {
    assertThat(run(TroubledExitMain.class, "slow")).isZero();

    assertThat(count("stored")).isPositive();
    assertThat(count("lost")).isPositive();
    assertThat(count("stored") + count("lost")).isEqualTo(TroubledExitMain.CALLS);
  }

  /** There is nobody to tell it to, and other hooks may give the storage time to come back. */
  @Test
  void whatAStorageThatIsDownDoesNotTakeIsNotGivenUp() throws Exception {
    assertThat(run(TroubledExitMain.class, "down")).isZero();

    assertThat(count("lost")).isZero();
    assertThat(count("stored")).isEqualTo(TroubledExitMain.CALLS);
  }

  private int run(Class<?> main, String how) throws Exception {
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                how,
                stored().toString())
            .redirectOutput(finished().toFile())
            .redirectError(Redirect.to(new File(dir.toFile(), "errors")))
            .start();
    try {
      assertThat(program.waitFor(Eventually.DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      program.destroyForcibly();
    }
    return program.exitValue();
  }

  private Path stored() {
    return dir.resolve("stored");
  }

  private Path finished() {
    return dir.resolve("finished");
  }

  private int count(String what) throws IOException {
    return Files.readAllLines(stored()).stream()
        .filter(line -> line.startsWith(what + " "))
        .mapToInt(line -> Integer.parseInt(line.substring(what.length() + 1)))
        .sum();
  }
}
