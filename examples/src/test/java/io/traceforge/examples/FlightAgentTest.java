package io.traceforge.examples;

import static io.traceforge.junit5.SessionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import io.traceforge.junit5.TraceForgeSession;
import java.io.IOException;
import java.util.Map;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An agent's test that asks nobody: its session is in a file beside the tests. With {@code
 * -Dtraceforge.record=true} it asks the provider and writes that file anew.
 */
class FlightAgentTest {
  private final SimulatedProvider simulated = SimulatedProvider.start();
  private final Provider provider = Provider.simulated(simulated);

  @AfterEach
  void close() {
    provider.close();
  }

  @Test
  @TraceForgeSession(value = "flight-booking", allCallsReplayed = true)
  void searchesBeforeItAnswers(OkHttpClient client, SessionTracker session) throws IOException {
    Chat chat = new Chat(client, provider);
    Conversation conversation =
        Conversation.asking("Which flights go to Paris?")
            .offer("search_flights", "Searches flights to a city", Map.of("city", "Paris"));
    Answer asked = chat.ask(conversation);
    conversation.answer(asked);

    session.nextStep();
    session.setState("tool_called", "search_flights");
    conversation.toolResult(asked.toolCalls().get(0), "TF 101 to Paris, 07:15, 129 EUR");
    Answer presented = chat.ask(conversation);

    assertThat(presented.text()).contains("TF 101");
    assertThat(session)
        .hasSteps(2)
        .calledTool("search_flights")
        .usedAtMostTokens(500)
        .hasNoErrors();
    assertThat(simulated.sessionHeaders()).hasSize(Boolean.getBoolean("traceforge.record") ? 2 : 0);
  }
}
