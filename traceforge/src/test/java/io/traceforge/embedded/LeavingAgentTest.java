package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a program leaves behind that ends in good order, but never closes its recorder. */
@Timeout(120)
class LeavingAgentTest {
  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "return, 0, 50",
    "exit, 3, 50",
    "exit while a hook drains, 3, 60",
    "exit while it flushes, 3, 50",
    "exit while it closes, 3, 51"
  })
  void allThatHadEndedIsThere(String how, int exitCode, int ended) throws Exception {
    Path file = folder.resolve("traces.db");
    List<String> ids;
    try (Provider provider = new Provider();
        ChildJvm agent =
            ChildJvm.start(
                folder, LeavingAgent.class, file.toString(), provider.url("KIND"), how)) {
      assertThat(agent.awaitExit()).as("%s", agent).isEqualTo(exitCode);
      ids = agent.lines();
    }
    assertThat(ids).hasSize(ended);
    try (StorageBackend storage = StorageBackend.open("sqlite:" + file)) {
      List<Trace> traces = storage.listTraces(TraceQuery.all().withLimit(1_000)).items();
      assertThat(traces)
          .filteredOn(trace -> trace.status() == TraceStatus.SUCCESS)
          .extracting(Trace::id)
          .containsExactlyInAnyOrderElementsOf(ids);
      assertThat(traces)
          .filteredOn(trace -> trace.status() == TraceStatus.IN_PROGRESS)
          .extracting(trace -> trace.request().body().text())
          .containsExactly(Agent.question("never"));
      assertThat(storage.listSessions(SessionQuery.all().withLimit(1_000)).items())
          .hasSize(ended + 1)
          .allSatisfy(session -> assertThat(session.lostTraces()).isZero());
    }
    KilledAgentsTest.isSound(file);
  }
}
