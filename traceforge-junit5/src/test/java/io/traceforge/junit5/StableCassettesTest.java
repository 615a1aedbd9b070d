package io.traceforge.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.redaction.Redactor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Recording the same calls again writes the same file. */
class StableCassettesTest extends ExtensionFixture {
  private static final List<String> QUESTIONS = List.of("weather", "food", "hotels");

  /** Plans, asks three tools at once, and has a sub-agent. */
  static class Agent {
    @RegisterExtension
    static final TraceForgeExtension TRACE_FORGE =
        extension().redactor(Redactor.secrets().withField("run_id")).build();

    @Test
    @TraceForgeSession("agents/parallel")
    void works(OkHttpClient client, SessionTracker session, TraceForge traceForge)
        throws Exception {
      send(client, "/plan", "Plan");
      String planned = session.getLastTraceId();
      session.nextStep();
      askAll(client);
      session.nextStep();
      SessionTracker child = session.newChildSession(planned);
      send(TraceForgeOkHttp.instrument(client, child), "/child", "Sub-agent");
      child.end();
      traceForge.runSession(own -> send(TraceForgeOkHttp.instrument(client, own), "/own", "Own"));
      send(client, "/again", "Plan");
      send(client, "/again", "Plan");
    }

    private static void askAll(OkHttpClient client)
        throws InterruptedException, ExecutionException {
      ExecutorService threads = Executors.newFixedThreadPool(QUESTIONS.size());
      List<Future<String>> answers = new ArrayList<>();
      for (String question : QUESTIONS) {
        answers.add(threads.submit(() -> send(client, "/tools", question)));
      }
      for (Future<String> answer : answers) {
        answer.get();
      }
      threads.shutdown();
    }
  }

  @Test
  void aSecondRecordingIsTheSameToTheByte() {
    server.answers(inOrder(List.of("weather", "food", "hotels")));
    record(Agent.class).assertStatistics(all -> all.succeeded(1));
    String first = cassette("agents/parallel");
    startAnotherServer();
    server.answers(inOrder(List.of("hotels", "food", "weather")));

    record(Agent.class).assertStatistics(all -> all.succeeded(1));

    assertThat(first.lines()).hasSize(8);
    assertThat(cassette("agents/parallel")).isEqualTo(first);
    assertThat(cassettes()).containsExactly("agents/parallel.jsonl");
    server.close();
    replay(Agent.class).assertStatistics(all -> all.succeeded(1));
  }

  /** Lets the tools begin together and end one after the other. */
  private Dispatcher inOrder(List<String> order) {
    CountDownLatch begun = new CountDownLatch(order.size());
    List<CountDownLatch> turns = order.stream().map(question -> new CountDownLatch(1)).toList();
    turns.get(0).countDown();
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
        if ("/tools".equals(request.getPath())) {
          String asked = request.getBody().readUtf8();
          int turn = indexIn(order, asked);
          begun.countDown();
          await(begun);
          await(turns.get(turn));
          turns.get(Math.min(turn + 1, order.size() - 1)).countDown();
          return server.answer("application/json", "{\"about\":\"" + order.get(turn) + "\"}");
        }
        return server.answer("application/json", ScriptedServer.TOOL_ANSWER);
      }
    };
  }

  private static int indexIn(List<String> order, String asked) {
    for (int i = 0; i < order.size(); i++) {
      if (asked.contains(order.get(i))) {
        return i;
      }
    }
    throw new AssertionError(asked);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatIsVolatileIsNotWritten() {
    record(Agent.class);

    assertThat(cassette("agents/parallel"))
        .contains("agents/parallel/session-2", "\"parent_trace_id\":\"agents/parallel/1\"")
        .doesNotContain("Date", "X-Request-Id", "Idempotency-Key", "duration_ms", "_ns");
  }

  /** Keeps what others do not need. */
  static class Keeping {
    @RegisterExtension
    static final TraceForgeExtension TRACE_FORGE =
        extension().keepingHeaders("MCP-session-id").pauses(0.01).build();

    @Test
    @TraceForgeSession("keeping")
    void asks(OkHttpClient client) throws IOException {
      send(client, "/", "Keep");
    }
  }

  @Test
  void headersAndTimesAreKeptOnRequest() {
    recorded(Keeping.class);

    assertThat(cassette("keeping"))
        .contains("[\"Mcp-Session-Id\",\"always\"]", "total_ns")
        .doesNotContain("X-Request-Id");
    replay(Keeping.class).assertStatistics(all -> all.succeeded(1));
  }
}
