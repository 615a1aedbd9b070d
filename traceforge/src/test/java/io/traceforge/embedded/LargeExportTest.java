package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An export and an import of several times what there is of memory. */
@Timeout(180)
class LargeExportTest {
  private static final int TRACES = 8_000;
  private static final int BODY = 10_000;
  private static final List<String> FLAGS = List.of("-Xmx32m", "-XX:+ExitOnOutOfMemoryError");

  @TempDir Path folder;

  @Test
  void takesLittleMemory() throws Exception {
    try (ChildJvm program =
        ChildJvm.start(
            folder, List.of(), FLAGS, ManyTraces.class, folder + "", "" + TRACES, "" + BODY)) {
      assertThat(program.awaitExit()).as("%s", program).isZero();
      assertThat(program.lines()).contains("exported " + TRACES, "imported " + TRACES);
    }
    assertThat(Files.size(folder.resolve("traces.jsonl"))).isGreaterThan(2L * TRACES * BODY);
  }
}
