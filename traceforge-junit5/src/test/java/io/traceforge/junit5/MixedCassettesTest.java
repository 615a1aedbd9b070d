package io.traceforge.junit5;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceJson;
import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recording the same calls again writes the same file, however chance has mixed them. */
class MixedCassettesTest extends ExtensionFixture {
  private static final List<String> ANSWERS = new CopyOnWriteArrayList<>();
  private static volatile List<String> names = List.of();
  private static volatile List<Integer> turns = List.of();

  /** Has a state of maps, whose order nobody knows. */
  static class Noting {
    @RegisterExtension static final TraceForgeExtension TRACE_FORGE = extension().build();

    @Test
    @TraceForgeSession("noting")
    void notes(OkHttpClient client, SessionTracker session) throws IOException {
      names.forEach(name -> session.setState(name, noted()));
      session.setState("nothing", null);
      send(client, "/", "Note");
    }

    private static Map<String, Object> noted() {
      Map<String, Object> noted = new LinkedHashMap<>();
      names.forEach(name -> noted.put(name, List.of(2, Map.of(name, 1.50), 1)));
      return noted;
    }
  }

  @Test
  void theOrderInWhichTheStateWasSetMakesNoDifference() {
    names = List.of("hotel", "city", "date");
    record(Noting.class).assertStatistics(all -> all.succeeded(1));
    String first = cassette("noting");
    names = List.of("date", "city", "hotel");

    record(Noting.class).assertStatistics(all -> all.succeeded(1));

    assertThat(cassette("noting"))
        .isEqualTo(first)
        .contains("\"city\":[2,{\"city\":1.5},1],\"date\":[2,{\"date\":1.5},1],\"hotel\"")
        .contains("\"nothing\":null");
  }

  /** Has two sub-agents that take turns as chance wants, one of which has one of its own. */
  static class Agent {
    @RegisterExtension static final TraceForgeExtension TRACE_FORGE = extension().build();

    @Test
    @TraceForgeSession("sub-agents")
    void delegates(OkHttpClient client, SessionTracker session) throws IOException {
      send(client, "/plan", "Plan");
      String plan = session.getLastTraceId();
      List<SessionTracker> agents =
          List.of(session.newChildSession(plan), session.newChildSession(plan));
      for (int turn : turns) {
        SessionTracker agent = agents.get(turn);
        int step = agent.getCurrentStep();
        send(TraceForgeOkHttp.instrument(client, agent), "/agent", "Step " + step + " of " + turn);
        agent.nextStep();
        if (turn == 1 && step == 0) {
          SessionTracker helper = agent.newChildSession(agent.getLastTraceId());
          send(TraceForgeOkHttp.instrument(client, helper), "/helper", "Help");
        }
      }
      session.nextStep();
      send(client, "/sum", "Sum up");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"1010", "0011", "1100"})
  void sessionsAreTogetherBelowTheCallsTheyWereMadeFor(String order) {
    turns = List.of(0, 1, 0, 1);
    record(Agent.class).assertStatistics(all -> all.succeeded(1));
    String first = cassette("sub-agents");
    turns = order.chars().map(turn -> turn - '0').boxed().toList();

    record(Agent.class).assertStatistics(all -> all.succeeded(1));

    assertThat(cassette("sub-agents")).isEqualTo(first);
    List<Trace> traces = traces("sub-agents");
    assertThat(traces)
        .extracting(Trace::sessionId)
        .containsExactly(
            "sub-agents",
            "sub-agents/session-2",
            "sub-agents/session-2",
            "sub-agents/session-3",
            "sub-agents/session-4",
            "sub-agents/session-3",
            "sub-agents");
    assertThat(traces.get(4).parentTraceId()).isEqualTo(traces.get(3).id());
    server.close();
    replay(Agent.class).assertStatistics(all -> all.succeeded(1));
  }

  private static List<Trace> traces(String cassette) {
    return cassette(cassette).lines().map(TraceJson::read).toList();
  }

  /** Asks a sub-agent again because the first one gave no good answer. */
  static class Insisting {
    @RegisterExtension static final TraceForgeExtension TRACE_FORGE = extension().build();

    @Test
    @TraceForgeSession("insisting")
    void asksTwice(OkHttpClient client, SessionTracker session) throws IOException {
      send(client, "/plan", "Plan");
      String plan = session.getLastTraceId();
      for (int i = 0; i < 2; i++) {
        SessionTracker agent = session.newChildSession(plan);
        ANSWERS.add(send(TraceForgeOkHttp.instrument(client, agent), "/agent", "Is it so?"));
      }
    }
  }

  @Test
  void sessionsThatAskTheSameAreInTheOrderOfTime() {
    ANSWERS.clear();
    server.answers(counting(List.of("plan", "unsure", "certain")));
    record(Insisting.class).assertStatistics(all -> all.succeeded(1));
    server.close();

    replay(Insisting.class).assertStatistics(all -> all.succeeded(1));

    assertThat(ANSWERS).containsExactly("unsure", "certain", "unsure", "certain");
  }

  private Dispatcher counting(List<String> answers) {
    Iterator<String> next = answers.iterator();
    return new Dispatcher() {
      @Override
      public MockResponse dispatch(RecordedRequest request) {
        return server.answer("text/plain", next.next());
      }
    };
  }
}
