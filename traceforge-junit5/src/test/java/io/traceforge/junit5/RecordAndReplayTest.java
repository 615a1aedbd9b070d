package io.traceforge.junit5;

import static io.traceforge.junit5.SessionAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.export.TraceImport;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a test records it replays, without a server and to the byte. */
class RecordAndReplayTest extends ExtensionFixture {
  private static final List<String> ANSWERS = new CopyOnWriteArrayList<>();

  @BeforeEach
  void forget() {
    ANSWERS.clear();
  }

  /** Asks for a tool, then for a stream. */
  static class Booking {
    @RegisterExtension static final TraceForgeExtension TRACE_FORGE = extension().build();

    @Test
    @TraceForgeSession("flight-booking")
    void books(OkHttpClient client, SessionTracker session, TraceForge traceForge)
        throws IOException {
      assertThat(SessionTracker.current()).contains(session);
      assertThat(session.getSessionId()).isEqualTo("flight-booking");
      ANSWERS.add(send(client, "/v1/chat/completions", "Book a flight"));
      session.nextStep();
      session.setState("tool", "search_flights");
      ANSWERS.add(send(client, "/stream/v1/chat/completions", "It found — two"));

      assertThat(session)
          .hasSteps(2)
          .hasCalls(2)
          .usedAtMostTokens(78)
          .calledTool("search_flights")
          .hasNoErrors();
      assertThat(session.traceForge()).contains(traceForge);
    }
  }

  @Test
  void aSessionIsReplayedWithoutItsServer() {
    record(Booking.class).assertStatistics(all -> all.started(1).succeeded(1));
    assertThat(server.requests()).isEqualTo(2);
    server.close();

    replay(Booking.class).assertStatistics(all -> all.started(1).succeeded(1));

    assertThat(ANSWERS)
        .containsExactly(
            ScriptedServer.TOOL_ANSWER,
            ScriptedServer.STREAM,
            ScriptedServer.TOOL_ANSWER,
            ScriptedServer.STREAM);
  }

  @Test
  void aReplayAsksNoServerEvenIfThereIsOne() {
    record(Booking.class);

    replay(Booking.class).assertStatistics(all -> all.succeeded(1));

    assertThat(server.requests()).isEqualTo(2);
  }

  @Test
  void aCassetteIsReadableAndHoldsNoSecret() throws IOException {
    recorded(Booking.class);

    List<Trace> traces = TraceImport.read(CASSETTES.resolve("flight-booking.jsonl"));
    assertThat(traces)
        .extracting(Trace::id)
        .containsExactly("flight-booking/1", "flight-booking/2");
    assertThat(traces).extracting(Trace::sessionId).containsOnly("flight-booking");
    assertThat(traces).extracting(Trace::callNumber).containsExactly(1, 2);
    assertThat(traces.get(1).stateJson()).isEqualTo("{\"tool\":\"search_flights\"}");
    assertThat(cassette("flight-booking"))
        .startsWith("{\"cassette\":{\"redactor\":\"secrets\"},\"id\":")
        .contains("Book a flight")
        .doesNotContain(KEY);
  }

  /** Meets a refusal and a broken connection. */
  static class Trouble {
    @RegisterExtension static final TraceForgeExtension TRACE_FORGE = extension().build();

    @Test
    @TraceForgeSession("trouble")
    void fails(OkHttpClient client) throws IOException {
      try (Response response = client.newCall(ask("/refused", "Now!")).execute()) {
        ANSWERS.add(
            response.code() + " " + response.header("Retry-After") + response.body().string());
      }
      try {
        send(client, "/broken", "And now?");
      } catch (IOException expected) {
        ANSWERS.add(expected.getClass().getName());
      }
    }
  }

  @Test
  void errorsAreReplayed() {
    recorded(Trouble.class);
    List<String> first = List.copyOf(ANSWERS);
    ANSWERS.clear();

    replay(Trouble.class).assertStatistics(all -> all.succeeded(1));

    assertThat(first).hasSize(2).first().asString().startsWith("429 7{\"error\"");
    assertThat(ANSWERS).isEqualTo(first);
  }

  @Test
  void recordingMayBeAskedForInWordsOnly() {
    assertThat(failure(run(Booking.class, Map.of("traceforge.record", "please"))))
        .hasMessageContaining("traceforge.record: expected true or false, got \"please\"");
  }
}
