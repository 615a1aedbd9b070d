package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a program leaves behind that is killed in the middle of a call. */
@Timeout(60)
class KilledProcessTest {
  private static final int ANSWERED = 5;

  @TempDir Path folder;

  @Test
  void itsCallsAreThereAndTheLastOneIsInProgress() throws Exception {
    String storageUrl = "sqlite:" + folder.resolve("traces.db");
    try (MockWebServer server = new MockWebServer()) {
      server.setDispatcher(provider());
      Process agent = start(storageUrl, server.url("").toString());
      try {
        awaitTraces(storageUrl, agent);
      } finally {
        agent.destroyForcibly(); // SIGKILL: neither hook nor finally runs
      }
      assertThat(agent.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }
    try (StorageBackend storage = StorageBackend.open(storageUrl)) {
      List<Trace> traces = storage.listTracesBySession(AgentMain.SESSION);
      assertThat(traces).hasSize(ANSWERED + 1);
      assertThat(traces.subList(0, ANSWERED))
          .allSatisfy(trace -> assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS));
      Trace last = traces.get(ANSWERED);
      assertThat(last.status()).isEqualTo(TraceStatus.IN_PROGRESS);
      assertThat(last.stepIndex()).isEqualTo(ANSWERED);
      assertThat(last.request().body().text()).isEqualTo(AgentMain.question(ANSWERED));
      assertThat(last.metadata().model()).isEqualTo("gpt-4o");
      SessionMetadata metadata = storage.getSessionMetadata(AgentMain.SESSION).orElseThrow();
      assertThat(metadata.status()).isEqualTo(SessionStatus.IN_PROGRESS);
      assertThat(metadata.lostTraces()).isZero();
    }
  }

  private static Dispatcher provider() {
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return request.getPath().endsWith(AgentMain.HANGING)
            ? new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE)
            : new MockResponse()
                .setHeader("Content-Type", "application/json")
                .setBody("{\"model\":\"gpt-4o\",\"choices\":[]}");
      }
    };
  }

  private Process start(String storageUrl, String baseUrl) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            AgentMain.class.getName(),
            storageUrl,
            baseUrl,
            Integer.toString(ANSWERED))
        .redirectErrorStream(true)
        .redirectOutput(Redirect.to(folder.resolve("output").toFile()))
        .start();
  }

  private static void awaitTraces(String storageUrl, Process agent) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(40).toNanos();
    try (StorageBackend storage = StorageBackend.open(storageUrl)) {
      while (storage.listTracesBySession(AgentMain.SESSION).size() <= ANSWERED) {
        assertThat(agent.isAlive()).as("the agent is at work").isTrue();
        assertThat(System.nanoTime()).as("deadline").isLessThan(deadline);
        Thread.sleep(10);
      }
    }
  }
}
