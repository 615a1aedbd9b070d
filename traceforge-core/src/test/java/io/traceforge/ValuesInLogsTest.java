package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.comparison.ComparedCall;
import io.traceforge.comparison.SessionComparison;
import io.traceforge.protocol.Interpretation;
import io.traceforge.recording.SessionPosition;
import io.traceforge.storage.SearchHit;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.StateDiff;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever logs a value tells where it belongs, and nothing of what was said. */
class ValuesInLogsTest {
  private static final String SAID = "the customer's question";

  private static Trace trace(String state) {
    TraceBody body = TraceBody.ofText(SAID + state, "text/plain");
    HttpHeaders headers = HttpHeaders.of("X-Note", SAID);
    return Trace.builder()
        .id("trace-1")
        .sessionId("session-1")
        .stateJson("{\"" + "query\":\"" + SAID + state + "\"}")
        .startTime(Instant.EPOCH)
        .request(TraceRequest.of("POST", "http://localhost/", headers, body))
        .response(TraceResponse.of(200, headers, body, null))
        .metadata(
            TraceMetadata.builder().toolCalls(List.of(ToolCall.of("1", "find", SAID))).build())
        .build();
  }

  private static SessionTimeline timeline(String state) {
    SessionMetadata session = SessionMetadata.builder("session-1").build();
    return SessionTimeline.of(session, List.of(trace(state)));
  }

  static Stream<Object> values() {
    Trace trace = trace("");
    SessionTimeline timeline = timeline("");
    StateDiff diff = StateDiff.between(trace.stateSnapshot(), trace("?").stateSnapshot());
    ComparedCall compared = SessionComparison.between(timeline, timeline("?")).calls().get(0);
    return Stream.of(
        trace,
        trace.request().headers().fields(),
        timeline.steps(),
        timeline.calls(),
        diff,
        diff.changed(),
        compared,
        compared.differences(),
        Interpretation.builder().text(SAID).reasoningText(SAID).build(),
        SessionContext.of("session-1").withState("query", SAID),
        new SessionPosition("session-1", 0, null, trace.stateJson(), false),
        SearchHit.builder().traceId("trace-1").startTime(Instant.EPOCH).snippet(SAID).build());
  }

  @ParameterizedTest
  @MethodSource("values")
  void tellNothingThatWasSaid(Object value) {
    assertThat(value.toString()).isNotEmpty().doesNotContain("customer");
  }

  @Test
  void aTraceTellsWhereItBelongs() {
    assertThat(trace("").toString()).contains("trace-1", "session-1", "http://localhost/");
  }
}
