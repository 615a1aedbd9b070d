package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a program gets that has the one dependency: recording into a SQLite file. */
@Timeout(60)
class EmbeddedDefaultTest {
  @TempDir Path folder;
  private MockWebServer server;
  private String storageUrl;

  @BeforeEach
  void open() throws IOException {
    storageUrl = "sqlite:" + folder.resolve("traces.db");
    server = new MockWebServer();
    server.start();
    for (int i = 0; i < 4; i++) {
      server.enqueue(
          new MockResponse()
              .setHeader("Content-Type", "application/json")
              .setBody("{\"model\":\"gpt-4o\",\"usage\":{\"total_tokens\":7},\"choices\":[]}"));
    }
  }

  @AfterEach
  void close() throws IOException {
    server.shutdown();
  }

  private String ask(OkHttpClient client, int step) throws IOException {
    Request request =
        new Request.Builder()
            .url(server.url("/v1/chat/completions"))
            .post(RequestBody.create(AgentMain.question(step), MediaType.get("application/json")))
            .build();
    try (Response response = client.newCall(request).execute()) {
      assertThat(response.body().string()).contains("gpt-4o");
      return response.header("X-TraceForge-Trace-ID");
    }
  }

  @Test
  void aSessionIsThereForWhoeverOpensTheFileNext() throws Exception {
    String sessionId;
    List<Trace> seenByWriter;
    try (TraceForge traceForge = TraceForge.open(storageUrl)) {
      sessionId = traceForge.runSession(this::bookFlight);
      seenByWriter = traceForge.storage().listTracesBySession(sessionId);
    }
    try (TraceForge reader = TraceForge.open(storageUrl)) {
      assertThat(reader.storage().listTracesBySession(sessionId))
          .isEqualTo(seenByWriter)
          .hasSize(2);
      SessionMetadata metadata = reader.storage().getSessionMetadata(sessionId).orElseThrow();
      assertThat(metadata.status()).isEqualTo(SessionStatus.COMPLETED);
      assertThat(metadata.totalTokens()).isEqualTo(14);
      assertThat(reader.storage().listSessions())
          .containsExactly(metadata.toBuilder().finalState(null).build());
      SessionTimeline timeline = reader.storage().getTimeline(sessionId).orElseThrow();
      assertThat(timeline.steps().get(1).stateDiff().added()).containsOnlyKeys("/tool_called");
    }
  }

  private String bookFlight(SessionTracker session) throws IOException {
    OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
    session.setState("user_query", "Book a flight to Paris");
    String plan = ask(client, 0);
    session.nextStep();
    session.setParentTraceId(plan);
    session.setState("tool_called", "search_flights");
    ask(client, 1);
    return session.getSessionId();
  }

  @Test
  void aSessionThatThrowsIsFailedAndGoesOnInTheNextProgram() throws Exception {
    String[] sessionId = new String[1];
    try (TraceForge traceForge = TraceForge.open(storageUrl)) {
      assertThatThrownBy(
              () ->
                  traceForge.runSession(
                      session -> {
                        sessionId[0] = bookFlight(session);
                        throw new IllegalStateException("the tool broke");
                      }))
          .hasMessage("the tool broke");
      SessionMetadata failed = traceForge.storage().getSessionMetadata(sessionId[0]).orElseThrow();
      assertThat(failed.status()).isEqualTo(SessionStatus.FAILED);
      assertThat(failed.statusReason()).contains("the tool broke");
    }
    try (TraceForge next = TraceForge.open(storageUrl);
        SessionTracker resumed = next.resumeSession(sessionId[0])) {
      assertThat(resumed.getCurrentStep()).isEqualTo(1);
      assertThat(resumed.getState().get("tool_called").getAsString()).isEqualTo("search_flights");
      resumed.nextStep();
      ask(TraceForgeOkHttp.instrument(new OkHttpClient(), resumed), 2);
      resumed.end();
      assertThat(next.storage().listTracesBySession(sessionId[0]))
          .extracting(Trace::callNumber)
          .containsExactly(1, 2, 3);
      assertThat(next.storage().getSessionMetadata(sessionId[0]).orElseThrow().status())
          .isEqualTo(SessionStatus.COMPLETED);
    }
  }
}
