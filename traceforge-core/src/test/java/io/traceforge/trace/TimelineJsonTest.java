package io.traceforge.trace;

import static io.traceforge.trace.Traces.failed;
import static io.traceforge.trace.Traces.open;
import static io.traceforge.trace.Traces.request;
import static io.traceforge.trace.Traces.trace;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.traceforge.trace.SessionTimeline.Child;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The JSON form of a timeline. */
class TimelineJsonTest {
  private static final SessionMetadata SESSION =
      SessionMetadata.builder("session").startTime(Traces.START).lostTraces(3).build();

  private static SessionTimeline timeline(Trace.Builder... traces) {
    return SessionTimeline.of(SESSION, Stream.of(traces).map(Trace.Builder::build).toList());
  }

  private static JsonObject json(String text) {
    return JsonParser.parseString(text.replace('\'', '"')).getAsJsonObject();
  }

  private static JsonElement onlyEntry(String json) {
    return json(json).getAsJsonArray("timeline").get(0);
  }

  @Test
  void anEntryHasTheNamesOfTheOriginal() {
    TraceMetadata metadata =
        TraceMetadata.builder()
            .requestModel("m")
            .toolCalls(List.of(ToolCall.of("c1", "find", "{}")))
            .usage(TokenUsage.builder().inputTokens(3L).totalTokens(7L).build())
            .timing(
                TraceTiming.builder()
                    .toFirstToken(Duration.ofMillis(4))
                    .total(Duration.ofMillis(10))
                    .build())
            .build();
    SessionTimeline timeline =
        timeline(
            failed("a", 5, 15).callNumber(1),
            trace("b", 20, 30)
                .callNumber(3)
                .metadata(metadata)
                .parentTraceId("p")
                .stateJson("{\"q\":\n 1}"));

    assertThat(onlyEntry(timeline.toJson(trace -> new BigDecimal("0.5"))))
        .isEqualTo(
            json(
                """
                {'step': 0, 'trace_id': 'b', 'timestamp': '2026-01-01T00:00:00.005Z',
                 'offset_ms': 5, 'endpoint': '/v1/chat', 'model': 'm', 'duration_ms': 25,
                 'time_to_first_token_ms': 4, 'tokens_used': 7,
                 'usage': {'input_tokens': 3, 'total_tokens': 7}, 'cost_usd': 1.0,
                 'status': 'success', 'parallel': false, 'parent_trace_id': 'p',
                 'state_snapshot': {'q': 1},
                 'tool_calls': [{'id': 'c1', 'name': 'find', 'arguments': '{}'}],
                 'attempts': [
                   {'trace_id': 'a', 'timestamp': '2026-01-01T00:00:00.005Z', 'duration_ms': 10,
                    'cost_usd': 0.5, 'status': 'error', 'error': 'server_error: boom'},
                   {'trace_id': 'b', 'timestamp': '2026-01-01T00:00:00.020Z', 'duration_ms': 10,
                    'tokens_used': 7, 'cost_usd': 0.5, 'status': 'success'}],
                 'children': [], 'gaps': [{'first_call_number': 2, 'last_call_number': 2}],
                 'state_diff': {'added': {'/q': 1}, 'changed': {}, 'removed': {}}}
                """));
  }

  @Test
  void whatIsNotKnownIsLeftOut() {
    JsonObject entry = onlyEntry(timeline(open("a", 0)).toJson()).getAsJsonObject();

    assertThat(entry.get("status").getAsString()).isEqualTo("in_progress");
    assertThat(entry.keySet())
        .doesNotContain(
            "duration_ms",
            "model",
            "tokens_used",
            "cost_usd",
            "error",
            "state_diff",
            "parent_trace_id",
            "time_to_first_token_ms");
  }

  @Test
  void theSessionsFiguresAreThoseOfItsOwnForm() {
    JsonObject json = json(timeline(trace("a", 0, 1)).toJson());

    assertThat(SessionJson.read(json.get("session").toString())).isEqualTo(SESSION);
    assertThat(json.get("lost_elsewhere").getAsInt()).isEqualTo(3);
  }

  @Test
  void stateChangesStandAtTheLastCallOfTheirStep() {
    JsonObject json =
        json(
            timeline(
                    trace("a", 0, 1).stateJson("{\"x\":1,\"y\":2}"),
                    trace("b", 2, 3).stepIndex(1).stateJson("{\"x\":1,\"y\":2}"),
                    trace("c", 4, 5).stepIndex(1).request(request("[]")).stateJson("{\"x\":null}"))
                .toJson());
    List<JsonElement> entries = json.getAsJsonArray("timeline").asList();

    assertThat(entries.get(1).getAsJsonObject().has("state_diff")).isFalse();
    assertThat(entries.get(2).getAsJsonObject().get("state_diff"))
        .isEqualTo(
            json("{'added':{},'changed':{'/x':{'before':1,'after':null}},'removed':{'/y':2}}"));
  }

  @Test
  void sessionsBelowStandInAListHoweverDeepTheyAre() {
    SessionTimeline timeline = timeline(trace("t", 0, 1));
    for (int i = 0; i < 3_000; i++) {
      timeline = timeline(trace("t", 0, 1)).withChildren(List.of(new Child("t", timeline)));
    }
    JsonObject json = json(timeline.toJson());
    List<JsonElement> below = json.getAsJsonArray("descendants").asList();

    assertThat(onlyEntry(timeline.toJson()).getAsJsonObject().get("children").toString())
        .isEqualTo("[\"session\"]");
    assertThat(below).hasSize(3_000);
    assertThat(below.get(2_999).getAsJsonObject().get("depth").getAsInt()).isEqualTo(3_000);
    assertThat(below.get(0).getAsJsonObject().keySet())
        .contains("parent_trace_id", "session", "timeline");
  }

  @Test
  void anyTextCanBeWrittenAsUtf8() {
    String json = timeline(failed("a\ud800", 0, 1)).toJson();

    assertThat(json.codePoints()).noneMatch(c -> c >= 0xd800 && c <= 0xdfff).doesNotContain(10);
    assertThat(onlyEntry(json).getAsJsonObject().get("trace_id").getAsString())
        .isEqualTo("a\ud800");
  }

  @Test
  void whatWasSetAfterTheLastCallIsADifferenceOfItsOwn() {
    SessionMetadata ended =
        SESSION.toBuilder().finalState(FinalState.of(1, "{\"a\":1,\"b\":2}")).build();
    Trace call = trace("a", 0, 1).stateJson("{\"a\":1}").build();
    JsonObject written = json(SessionTimeline.of(ended, List.of(call)).toJson());

    assertThat(written.get("final_state_diff"))
        .isEqualTo(json("{'added': {'/b': 2}, 'changed': {}, 'removed': {}}"));
    assertThat(written.getAsJsonObject("session").get("final_step").getAsInt()).isEqualTo(1);
    assertThat(written.getAsJsonObject("session").get("final_state"))
        .isEqualTo(json("{'a': 1, 'b': 2}"));
    assertThat(json(SessionTimeline.of(SESSION, List.of(call)).toJson()).has("final_state_diff"))
        .isFalse();
  }
}
