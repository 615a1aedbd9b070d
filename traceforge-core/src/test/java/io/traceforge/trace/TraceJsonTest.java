package io.traceforge.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceJsonTest {
  private static final Schema SCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(TraceJson.class.getResourceAsStream("trace.schema.json"));

  private static final String CHAT = "{\"model\":\"gpt-4o\",\"messages\":[{\"role\":\"user\"}]}";

  @Test
  void aTraceOfEverythingIsReadAsItWasWritten() {
    Trace trace =
        trace(TraceBody.ofText(CHAT, "application/json"))
            .sessionId("flight-booking")
            .stepIndex(3)
            .callNumber(7)
            .parentTraceId("0198-parent")
            .stateJson("{\"tool\":\"search\",\"n\":1.00}")
            .status(TraceStatus.ERROR)
            .error(TraceError.of("server_error", "overloaded", "529"))
            .response(
                TraceResponse.of(
                    200,
                    HttpHeaders.of("Set-Cookie", "a", "set-cookie", "b"),
                    TraceBody.ofText("data: {}\n\ndata: [DONE]\n\n", "text/event-stream"),
                    TraceBody.ofText("{\"choices\": []}", "application/json")))
            .metadata(metadata())
            .build();

    assertReadAsWritten(trace);
  }

  private static TraceMetadata metadata() {
    return TraceMetadata.builder()
        .provider("openai")
        .operation("chat")
        .requestModel("gpt-4o")
        .responseModel("gpt-4o-2024-08-06")
        .responseId("chatcmpl-1")
        .finishReasons(List.of("stop", "length"))
        .toolCalls(List.of(ToolCall.of("call_1", "search", "{}"), ToolCall.of(null, "x", "")))
        .usage(
            TokenUsage.builder()
                .inputTokens(1L)
                .outputTokens(2L)
                .totalTokens(3L)
                .cachedInputTokens(4L)
                .cacheWriteTokens(5L)
                .reasoningTokens(6L)
                .build())
        .timing(
            TraceTiming.builder()
                .toHeaders(Duration.ofNanos(1))
                .toFirstByte(Duration.ofNanos(2))
                .toFirstToken(Duration.ofNanos(3))
                .total(Duration.ofMillis(1_500).plusNanos(4))
                .chunkCount(5)
                .build())
        .retryCount(2)
        .build();
  }

  @Test
  void aTraceOfNextToNothingIsReadAsItWasWritten() {
    assertReadAsWritten(trace(null).build());
  }

  /** No state of ours is so, but a backend keeps what it is given. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "\"text\"",
        "'; DROP TABLE traces; --",
        "{\"a\":1},\"id\":\"another\"",
        "{\"a\":1}}",
        "{a:1}",
        "{\"a\":NaN}",
        "{\n  \"a\": 1\n}",
        " {\"a\":1}",
        "{\"a\":\"\ud800\"}",
        "\ufeff{\"a\":1}"
      })
  void anyStateIsReadAsItWasWritten(String state) {
    assertReadAsWritten(trace(null).stateJson(state).build());
  }

  @Test
  void aBodyWithAByteOrderMarkIsReadAsItWasWritten() {
    TraceBody marked = TraceBody.ofText("\ufeff" + CHAT, "application/json");

    assertReadAsWritten(
        trace(marked).response(TraceResponse.of(200, HttpHeaders.empty(), marked, marked)).build());
  }

  @Test
  void toolsOfTheOriginalFindWhatTheyKnow() {
    JsonObject json =
        JsonParser.parseString(
                TraceJson.write(
                    trace(TraceBody.ofText(CHAT, "application/json"))
                        .sessionId("s")
                        .stepIndex(2)
                        .parentTraceId("p")
                        .stateJson("{\"a\":1}")
                        .status(TraceStatus.SUCCESS)
                        .response(
                            TraceResponse.of(
                                200,
                                HttpHeaders.empty(),
                                TraceBody.ofText("data: {}\n\n", "text/event-stream"),
                                TraceBody.ofText("{\"answer\":1}", "application/json")))
                        .metadata(metadata())
                        .build()))
            .getAsJsonObject();

    assertThat(json.get("timestamp").getAsString()).isEqualTo("2026-05-01T12:00:00.000000123Z");
    assertThat(json.get("endpoint").getAsString()).isEqualTo("/v1/chat/completions");
    assertThat(json.get("session_id").getAsString()).isEqualTo("s");
    assertThat(json.get("step_index").getAsInt()).isEqualTo(2);
    assertThat(json.get("parent_trace_id").getAsString()).isEqualTo("p");
    assertThat(json.get("state_snapshot")).hasToString("{\"a\":1}");
    assertThat(json.get("request")).hasToString(CHAT);
    assertThat(json.get("response")).hasToString("{\"answer\":1}");
    JsonObject metadata = json.getAsJsonObject("metadata");
    assertThat(metadata.get("model").getAsString()).isEqualTo("gpt-4o");
    assertThat(metadata.get("duration_ms").getAsLong()).isEqualTo(1_500);
    assertThat(metadata.get("tokens_used").getAsLong()).isEqualTo(3);
    assertThat(metadata.get("status").getAsString()).isEqualTo("success");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "3.00e+1",
        "\"text\"",
        "{\"a\": 1.0,\t\"a\":2}",
        " {} ",
        "{\n  \"pretty\": \"\\n\\ud800\"\n}\r\n",
        "{\"a\":'lenient'}",
        "{} {}",
        "[1,2",
        "NaN",
        "data: {\"x\":1}\r\n\r\n",
        "\u0000\u0001\u2028\u2029\ufeff{}",
        "{\"emoji\":\"😀\",\"escaped\":\"\\u00e4\\/\"}"
      })
  void everyBodyIsKeptToTheByte(String text) {
    TraceBody body = TraceBody.ofText(text, null);

    assertReadAsWritten(
        trace(body).response(TraceResponse.of(200, HttpHeaders.empty(), body, null)).build());
    assertReadAsWritten(
        trace(body).response(TraceResponse.of(200, HttpHeaders.empty(), body, body)).build());
  }

  @Test
  void prettyJsonIsJsonForOtherToolsToo() {
    TraceBody pretty = TraceBody.ofText("{\n  \"a\": \"x y\"\n}\n", "application/json");

    JsonObject json =
        JsonParser.parseString(TraceJson.write(trace(pretty).build())).getAsJsonObject();

    assertThat(json.get("request")).hasToString("{\"a\":\"x y\"}");
  }

  @Test
  void bodiesThatAreNoTextOrNotWholeAreKept() {
    byte[] noText = {(byte) 0xff, 0, (byte) 0xc3, 0x28};
    TraceBody cutInACharacter =
        TraceBody.truncated("aä".getBytes(StandardCharsets.UTF_8), 2, 99, "text/plain");
    TraceBody undecodable = TraceBody.truncated(new byte[0], 0, 5_000_000_000L, "image/png");

    assertReadAsWritten(trace(TraceBody.of(noText, "application/pdf")).build());
    assertReadAsWritten(trace(cutInACharacter).build());
    assertReadAsWritten(trace(TraceBody.truncated(noText, 1, 4, null)).build());
    assertReadAsWritten(trace(undecodable).build());
  }

  @Test
  void nestingIsNoHindrance() {
    String deep = "[".repeat(3_000) + "]".repeat(3_000);

    assertReadAsWritten(trace(TraceBody.ofText(deep, null)).build());
    Trace deepState = trace(null).stateJson("{\"deep\":" + deep + "}").build();
    assertThat(TraceJson.read(TraceJson.write(deepState))).isEqualTo(deepState);
  }

  @Test
  void hostileTextsAreKept() {
    String hostile = "\"\\\ud800\u0000\u2028</script>😀\n";
    Trace trace =
        trace(null)
            .sessionId(hostile)
            .error(TraceError.of(hostile, hostile, hostile))
            .request(TraceRequest.of(hostile, hostile, HttpHeaders.of(hostile, hostile), null))
            .build();

    assertReadAsWritten(trace);
    String json = TraceJson.write(trace);
    assertThat(new String(json.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
        .isEqualTo(json);
  }

  @Test
  void whatTheOriginalWroteIsRead() {
    Trace trace =
        TraceJson.read(
            """
            {
              "id": "t1", "timestamp": "2024-06-01T10:00:00.000Z",
              "endpoint": "/v1/chat/completions",
              "request": {"model": "gpt-4", "messages": []},
              "response": {"choices": []},
              "metadata": {"duration_ms": 812, "tokens_used": 42, "model": "gpt-4",
                "status": "success", "cost": 0.002},
              "session_id": "session-123", "step_index": 1, "parent_trace_id": null,
              "state_snapshot": {"user_query": "Book a flight"}
            }
            """);

    assertThat(trace.sessionId()).isEqualTo("session-123");
    assertThat(trace.stepIndex()).isEqualTo(1);
    assertThat(trace.parentTraceId()).isNull();
    assertThat(trace.stateSnapshot().get("user_query").getAsString()).isEqualTo("Book a flight");
    assertThat(trace.request().endpoint()).isEqualTo("/v1/chat/completions");
    assertThat(trace.request().body().text()).isEqualTo("{\"model\": \"gpt-4\", \"messages\": []}");
    assertThat(trace.response().answerBody().text()).isEqualTo("{\"choices\": []}");
    assertThat(trace.metadata().model()).isEqualTo("gpt-4");
    assertThat(trace.metadata().durationMs()).isEqualTo(812);
    assertThat(trace.metadata().tokensUsed()).isEqualTo(42);
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{",
        "{\"id\":\"t\"",
        "{\"id\":\"t\"} {}",
        "{\"id\":1}",
        "{\"id\":\"t\",\"metadata\":{\"status\":\"success\"},\"timestamp\":\"yesterday\"}",
        "{\"id\":\"t\",\"timestamp\":\"2024-06-01T10:00:00Z\",\"metadata\":{\"status\":\"done\"}}",
      })
  void whatIsNoTraceIsRefused(String json) {
    assertThatThrownBy(() -> TraceJson.read(json)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRefusalNamesTheMember() {
    String json =
        TraceJson.write(trace(null).build()).replace("\"status\":", "\"status\":\"late\",\"was\":");

    assertThatThrownBy(() -> TraceJson.read(json))
        .hasMessage(
            "metadata.status: expected one of [IN_PROGRESS, SUCCESS, ERROR, CANCELLED] in lower"
                + " case");
  }

  @Test
  void theSchemaFindsFaults() {
    String json = TraceJson.write(trace(null).build());

    assertThat(faults(json.replace("in_progress", "late"))).isNotEmpty();
    assertThat(faults(json.replace("\"id\":", "\"name\":"))).isNotEmpty();
    assertThat(faults(json.replace("\"method\":\"POST\"", "\"method\":1"))).isNotEmpty();
  }

  @Test
  void aSessionComesWithATrace() {
    Trace trace = trace(null).sessionId("s").build();
    SessionMetadata session =
        SessionMetadata.builder("s")
            .status(SessionStatus.FAILED)
            .statusReason("the tool \ud800 broke")
            .totalSteps(1)
            .totalCalls(2)
            .totalTraces(3)
            .startTime(trace.startTime())
            .endTime(trace.startTime().plusNanos(1))
            .durationMs(5_000_000_000L)
            .modelsUsed(List.of("gpt-4o", "gpt-4o-mini"))
            .providers(List.of("openai"))
            .usage(metadata().usage())
            .errorCount(4)
            .retryCount(5)
            .lostTraces(6)
            .lastCallNumber(7)
            .finalState(FinalState.of(8, "{\"a\":{\"b\":[1.0]}}"))
            .build();

    String json = TraceJson.write(trace, session);

    assertThat(faults(json)).isEmpty();
    assertThat(TraceJson.read(json)).isEqualTo(trace);
    assertThat(TraceJson.sessionOf(json)).contains(session);
    assertThat(SessionJson.read(SessionJson.write(session))).isEqualTo(session);
    assertThat(TraceJson.sessionOf(TraceJson.write(trace))).isEmpty();
  }

  private static List<?> faults(String json) {
    return SCHEMA.validate(json, InputFormat.JSON);
  }

  private static Trace.Builder trace(@Nullable TraceBody requestBody) {
    return Trace.builder()
        .id("0198c2a4-7b1d-7c3e-9a55-3f1f2f0e6a10")
        .startTime(Instant.parse("2026-05-01T12:00:00.000000123Z"))
        .request(
            TraceRequest.of(
                "POST",
                "https://api.openai.com/v1/chat/completions?key=x",
                HttpHeaders.of("Content-Type", "application/json"),
                requestBody));
  }

  private static void assertReadAsWritten(Trace trace) {
    String json = TraceJson.write(trace);

    assertThat(json).doesNotContain("\n", "\r");
    assertThat(faults(json)).isEmpty();
    assertThat(TraceJson.read(json)).isEqualTo(trace);
    assertThat(TraceJson.write(TraceJson.read(json))).isEqualTo(json);
  }
}
