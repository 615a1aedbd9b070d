package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sessions on virtual threads, all of which share one carrier thread. */
@Timeout(120)
class VirtualThreadsTest {
  private static final List<String> FLAGS =
      List.of(
          "-Xmx512m",
          "-Djdk.virtualThreadScheduler.parallelism=1",
          "--enable-native-access=ALL-UNNAMED"); // else JDK 24 and later warn of the driver

  @TempDir Path folder;

  @Test
  void everyCallIsInItsOwnSessionAndNothingIsLost() throws Exception {
    assumeTrue(Runtime.version().feature() >= 21, "this JVM has no virtual threads");
    String storageUrl = "sqlite:" + folder.resolve("traces.db");
    try (Provider provider = new Provider();
        ChildJvm program =
            ChildJvm.start(
                folder, List.of(), FLAGS, VirtualThreads.class, storageUrl, provider.url("json"))) {
      assertThat(program.awaitExit()).as("%s", program).isZero();
      assertThat(program.lines())
          .containsExactly("stored " + 2 * VirtualThreads.SESSIONS, "lost 0");
    }
    try (StorageBackend storage = StorageBackend.open(storageUrl)) {
      for (int number = 0; number < VirtualThreads.SESSIONS; number++) {
        String session = "s" + number;
        assertThat(storage.listTracesBySession(session))
            .hasSize(2)
            .extracting(trace -> trace.request().body().text())
            .containsOnly(Agent.question(session));
        assertThat(storage.listTracesBySession(session))
            .extracting(Trace::stepIndex)
            .containsExactly(0, 1);
        assertThat(storage.getSessionMetadata(session).orElseThrow().status())
            .isEqualTo(SessionStatus.COMPLETED);
      }
    }
  }
}
