package io.traceforge.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.traceforge.TraceForge;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs each example and looks at what the storage holds afterwards. */
class ExamplesTest {
  @TempDir Path folder;
  private ExampleFixture fixture;

  @BeforeEach
  void open() {
    fixture = new ExampleFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void theCommandOfTheViewerNamesStorageAndSession() {
    assertThat(Timelines.viewerCommand("some-session"))
        .startsWith("mvn -q -pl traceforge-viewer -am package -DskipTests && java -jar ")
        .contains(" " + Timelines.storageUrl() + " ")
        .endsWith(" --session some-session");
  }

  @Test
  void flightBookingHasThreeSteps() throws Exception {
    String sessionId = FlightBookingExample.run(fixture.provider, fixture.traceForge, fixture.out);

    SessionMetadata metadata = completed(sessionId, 3);
    List<Trace> traces = fixture.storage.listTracesBySession(sessionId);
    assertThat(metadata.totalTraces()).isEqualTo(3);
    assertThat(metadata.modelsUsed()).containsExactly(SimulatedProvider.MODEL);
    assertThat(metadata.totalTokens()).isPositive();
    assertThat(traces).extracting(Trace::status).containsOnly(TraceStatus.SUCCESS);
    assertThat(traces.get(0).parentTraceId()).isNull();
    assertThat(traces.get(1).parentTraceId()).isEqualTo(traces.get(0).id());
    assertThat(traces.get(1).metadata().toolCalls())
        .extracting(ToolCall::name)
        .containsExactly("search_flights");
    assertThat(traces.get(2).parentTraceId()).isEqualTo(traces.get(1).id());
    assertThat(traces.get(2).stateSnapshot())
        .isEqualTo(
            json(
                "{'user_query':'Book a flight to Paris','tool_called':'search_flights',"
                    + "'search_params':{'destination':'Paris','date':'2027-06-01'},"
                    + "'results_count':5}"));
    assertThat(fixture.printed()).contains("TF 101 to Paris");
  }

  @Test
  void manualHeadersMakeASession() throws Exception {
    String sessionId = ManualHeadersExample.run(fixture.provider, fixture.traceForge, fixture.out);

    List<Trace> traces = fixture.storage.listTracesBySession(sessionId);
    assertThat(traces).extracting(Trace::stepIndex).containsExactly(0, 1);
    assertThat(traces)
        .extracting(Trace::stateSnapshot)
        .containsExactly(json("{'user_query':'Hello'}"), json("{'tool_result':'data'}"));
    assertThat(traces.get(0).request().headers().get("X-TraceForge-Session-ID")).isNull();
    assertThat(traces.get(0).response().headers().get("X-Simulated-Provider")).isEqualTo("true");
  }

  @Test
  void aSubAgentNamesItsParent() throws Exception {
    HierarchyExample.Sessions sessions =
        HierarchyExample.run(fixture.provider, fixture.traceForge, fixture.out);

    completed(sessions.main(), 2);
    completed(sessions.child(), 2);
    List<Trace> main = fixture.storage.listTracesBySession(sessions.main());
    String parent = main.get(0).id();
    assertThat(main.get(1).parentTraceId()).isEqualTo(parent);
    assertThat(fixture.storage.listTracesBySession(sessions.child()))
        .extracting(Trace::parentTraceId)
        .containsExactly(parent, parent);
    assertThat(fixture.printed()).contains("Next step: 1");
  }

  @Test
  void aStreamIsStoredAsTheAnswerThatItAmountsTo() throws Exception {
    String traceId = StreamingExample.run(fixture.provider, fixture.traceForge, fixture.out);

    Trace trace = fixture.storage.getTrace(traceId).orElseThrow();
    String text = "[simulated] You said: Tell me about Paris in one sentence.";
    assertThat(fixture.printed()).isEqualTo(text + System.lineSeparator());
    assertThat(StreamingExample.assembledText(trace)).isEqualTo(text);
    assertThat(trace.response().body().text()).endsWith("data: [DONE]\n\n");
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.metadata().tokensUsed()).isPositive();
    assertThat(trace.metadata().timing().toFirstToken())
        .isBetween(trace.metadata().timing().toHeaders(), trace.metadata().timing().total());
  }

  @Test
  void eachTaskOfAnAgentIsASession() throws Exception {
    CustomAgentExample.PlanningAgent agent =
        new CustomAgentExample.PlanningAgent(fixture.provider, fixture.traceForge);
    agent.run("first task");
    String first = agent.sessionId();
    agent.run("second task");
    String second = agent.sessionId();

    assertThat(second).isNotEqualTo(first);
    completed(first, 5);
    completed(second, 5);
    assertThat(fixture.storage.listTracesBySession(second))
        .extracting(trace -> trace.stateSnapshot().get("executing_step"))
        .extracting(step -> step == null ? null : step.getAsString())
        .containsExactly(
            null, "Look for facts", "Compare what was found", "Choose the best", "Choose the best");
  }

  @Test
  void parallelCallsShareAStepAndKeepTheirOwnState() throws Exception {
    String sessionId = ParallelToolsExample.run(fixture.provider, fixture.traceForge, fixture.out);

    SessionMetadata metadata = completed(sessionId, 3);
    assertThat(metadata.totalCalls()).isEqualTo(5);
    assertThat(fixture.storage.listSessions()).hasSize(1);
    List<SessionTimeline.Step> steps = fixture.storage.getTimeline(sessionId).orElseThrow().steps();
    String asked = steps.get(0).calls().get(0).lastAttempt().id();
    assertThat(steps.get(1).calls())
        .extracting(SessionTimeline.Call::lastAttempt)
        .extracting(Trace::parentTraceId)
        .containsExactly(asked, asked);
    assertThat(steps.get(1).calls())
        .extracting(call -> call.lastAttempt().stateSnapshot().get("tool").getAsString())
        .containsExactlyInAnyOrder("ask_about_weather", "ask_about_food");
    assertThat(steps.get(2).calls())
        .hasSize(2)
        .allSatisfy(
            call ->
                assertThat(call.lastAttempt().stateSnapshot())
                    .isEqualTo(json("{'reviewing':true}")));
  }

  @Test
  void aServiceKeepsItsUsersApart() throws Exception {
    List<String> sessionIds =
        HttpServiceExample.run(fixture.provider, fixture.traceForge, fixture.out);

    assertThat(sessionIds).hasSize(3).doesNotHaveDuplicates();
    assertThat(fixture.storage.listSessions())
        .extracting(SessionMetadata::sessionId)
        .containsExactlyInAnyOrderElementsOf(sessionIds);
    for (String sessionId : sessionIds) {
      completed(sessionId, 2);
      assertThat(fixture.storage.listTracesBySession(sessionId))
          .extracting(trace -> trace.stateSnapshot().get("user"))
          .hasSize(2)
          .containsOnly(
              fixture.storage.listTracesBySession(sessionId).get(0).stateSnapshot().get("user"));
    }
  }

  @Test
  void recordedSessionsCanBeRead() throws Exception {
    String sessionId = FlightBookingExample.run(fixture.provider, fixture.traceForge, fixture.out);

    QuerySessionsExample.run(fixture.storage, fixture.out);

    assertThat(fixture.printed())
        .contains("Session " + sessionId + ": COMPLETED, 3 steps, 3 calls")
        .contains("Session has 3 steps")
        .contains("Cost: 0 USD and 3 traces of unknown cost")
        .contains("Models: " + SimulatedProvider.MODEL)
        .contains("+ /tool_called \"search_flights\"")
        .contains("Step 2:")
        .contains("\"results_count\":5");
  }

  @Test
  void anEmptyStorageCanBeRead() {
    QuerySessionsExample.run(fixture.storage, fixture.out);

    assertThat(fixture.printed()).isEmpty();
  }

  @Test
  void headersAloneTellTheServerAndRecordNothing() throws Exception {
    String sessionId = JdkHttpClientExample.run(fixture.provider, fixture.out);

    assertThat(fixture.simulated.sessionHeaders()).hasSize(2);
    assertThat(fixture.simulated.sessionHeaders().get(1))
        .containsEntry("X-TraceForge-Session-ID", sessionId)
        .containsEntry("X-TraceForge-Step-Index", "1")
        .containsEntry("X-TraceForge-State", "{\"user_query\":\"O\\u00f9 est Paris ?\"}");
    assertThat(fixture.storage.listSessions()).isEmpty();
  }

  @Test
  void aBackendOfOnesOwnIsToldEachEnd() throws Exception {
    var backend = new OwnStorageBackendExample.PrintingBackend(fixture.out, Clock.systemUTC());
    try (var traceForge = TraceForge.builder().storage(backend).build()) {
      String sessionId = FlightBookingExample.run(fixture.provider, traceForge, fixture.out);

      List<Trace> traces = traceForge.storage().listTracesBySession(sessionId);
      assertThat(traces).hasSize(3);
      assertThat(fixture.printed())
          .contains(traces.stream().map(t -> "[stored] " + t.id() + " SUCCESS").toList());
    }
  }

  @Test
  void aProtocolOfOnesOwnIsUnderstood() throws Exception {
    try (AnswerServer server = AnswerServer.start()) {
      String sessionId = OwnProtocolExample.run(server, fixture.traceForge, fixture.out);

      assertThat(fixture.storage.listTracesBySession(sessionId))
          .hasSize(2)
          .allSatisfy(
              trace -> {
                assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
                assertThat(trace.metadata().operation()).isEqualTo("chat");
                assertThat(trace.metadata().finishReasons()).containsExactly("done");
              });
      assertThat(fixture.printed().lines().toList())
          .containsExactly("house house-1: Paris. 11 tokens", "house house-1: Paris. 11 tokens");
    }
  }

  @Test
  void aRecordedAnswerIsReplayedWithoutTheProvider() throws Exception {
    String sessionId = ReplayExample.run(fixture.provider, fixture.traceForge, fixture.out);

    completed(sessionId, 1);
    String text = "[simulated] You said: Tell me about Paris in one sentence.";
    assertThat(fixture.printed().lines().toList())
        .hasSize(3)
        .startsWith(text, "Replayed: " + text)
        .last()
        .asString()
        .contains("No recording answers POST /v1/chat/completions")
        .contains("/messages/0/content was \"Tell me about Paris in one sentence.\"");
  }

  private SessionMetadata completed(String sessionId, int steps) {
    SessionMetadata metadata = fixture.storage.getSessionMetadata(sessionId).orElseThrow();
    assertThat(metadata.status()).isEqualTo(SessionStatus.COMPLETED);
    assertThat(metadata.totalSteps()).isEqualTo(steps);
    assertThat(metadata.lostTraces()).isZero();
    return metadata;
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }
}
