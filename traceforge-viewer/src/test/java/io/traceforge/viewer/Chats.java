package io.traceforge.viewer;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.traceforge.trace.FinalState;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.TraceTiming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A session with OpenAI's chat completions, made call by call: each sends all that was said. */
final class Chats {
  private static final String JSON = "application/json";
  private final String session;
  private final JsonArray said = new JsonArray();
  private final List<Trace> traces = new ArrayList<>();
  private final JsonObject state = new JsonObject();
  private Instant now;
  private int step;
  private String model = "gpt-4o-mini";
  private String parent;

  Chats(String session, Instant start) {
    this.session = session;
    this.now = start;
  }

  Chats model(String name) {
    model = name;
    return this;
  }

  Chats parent(String traceId) {
    parent = traceId;
    return this;
  }

  Chats at(int index) {
    step = index;
    return this;
  }

  Chats later(long ms) {
    now = now.plusMillis(ms);
    return this;
  }

  Chats state(String name, String json) {
    state.add(name, JsonParser.parseString(json));
    return this;
  }

  /** Returns where the session stands. */
  FinalState stood() {
    return FinalState.of(step, state.toString());
  }

  Chats forget(String name) {
    state.remove(name);
    return this;
  }

  Chats say(String role, String content) {
    JsonObject message = new JsonObject();
    message.addProperty("role", role);
    message.addProperty("content", content);
    said.add(message);
    return this;
  }

  Chats sayJson(String message) {
    said.add(JsonParser.parseString(message));
    return this;
  }

  /** A call that is answered with a text. */
  Chats answer(String text, long ms) {
    JsonObject message = new JsonObject();
    message.addProperty("role", "assistant");
    message.addProperty("content", text);
    return answered(message, ms, List.of());
  }

  /** A call that is answered with a tool call. */
  Chats callTool(String id, String name, String arguments, long ms) {
    JsonObject function = new JsonObject();
    function.addProperty("name", name);
    function.addProperty("arguments", arguments);
    JsonObject call = new JsonObject();
    call.addProperty("id", id);
    call.addProperty("type", "function");
    call.add("function", function);
    JsonArray calls = new JsonArray();
    calls.add(call);
    JsonObject message = new JsonObject();
    message.addProperty("role", "assistant");
    message.add("tool_calls", calls);
    return answered(message, ms, List.of(ToolCall.of(id, name, arguments)));
  }

  Chats toolResult(String id, String result) {
    JsonObject message = new JsonObject();
    message.addProperty("role", "tool");
    message.addProperty("tool_call_id", id);
    message.addProperty("content", result);
    said.add(message);
    return this;
  }

  private Chats answered(JsonObject message, long ms, List<ToolCall> tools) {
    JsonObject choice = new JsonObject();
    choice.add("message", message);
    choice.addProperty("finish_reason", tools.isEmpty() ? "stop" : "tool_calls");
    JsonArray choices = new JsonArray();
    choices.add(choice);
    JsonObject body = new JsonObject();
    body.addProperty("model", model);
    body.add("choices", choices);
    long input = said.toString().length() / 4L + 40;
    long output = message.toString().length() / 4L + 5;
    Trace trace =
        trace()
            .status(TraceStatus.SUCCESS)
            .response(response(200, body.toString()))
            .metadata(
                metadata(ms)
                    .finishReasons(List.of(tools.isEmpty() ? "stop" : "tool_calls"))
                    .toolCalls(tools)
                    .usage(
                        TokenUsage.builder()
                            .inputTokens(input)
                            .outputTokens(output)
                            .totalTokens(input + output)
                            .build())
                    .build())
            .build();
    traces.add(trace);
    said.add(message);
    now = now.plusMillis(ms);
    return this;
  }

  /** An attempt that fails; the next one sends the same again. */
  Chats fail(int status, String why, long ms) {
    traces.add(
        trace()
            .status(TraceStatus.ERROR)
            .error(TraceError.of("rate_limit_exceeded", why, null))
            .response(response(status, "{\"error\":{\"message\":\"" + why + "\"}}"))
            .metadata(metadata(ms).build())
            .build());
    now = now.plusMillis(ms);
    return this;
  }

  /** A call that has not ended. */
  Chats open() {
    traces.add(
        trace()
            .metadata(TraceMetadata.builder().provider("openai").requestModel(model).build())
            .build());
    return this;
  }

  /** Ends the call that was open. */
  Chats end(String text, long ms) {
    traces.remove(traces.size() - 1);
    return answer(text, ms);
  }

  Chats next() {
    step++;
    return this;
  }

  List<Trace> traces() {
    return List.copyOf(traces);
  }

  Trace last() {
    return traces.get(traces.size() - 1);
  }

  private TraceMetadata.Builder metadata(long ms) {
    return TraceMetadata.builder()
        .provider("openai")
        .operation("chat")
        .requestModel(model)
        .responseModel(model)
        .timing(
            TraceTiming.builder()
                .toHeaders(Duration.ofMillis(ms / 5))
                .toFirstByte(Duration.ofMillis(ms / 5))
                .toFirstToken(Duration.ofMillis(ms / 4))
                .total(Duration.ofMillis(ms))
                .chunkCount(7)
                .build());
  }

  private Trace.Builder trace() {
    JsonObject request = new JsonObject();
    request.addProperty("model", model);
    request.add("messages", said.deepCopy());
    return Trace.builder()
        .id(session + "-" + (traces.size() + 1))
        .sessionId(session)
        .stepIndex(step)
        .callNumber(traces.size() + 1)
        .parentTraceId(parent)
        .stateJson(state.toString())
        .startTime(now)
        .request(
            TraceRequest.of(
                "POST",
                "https://api.openai.com/v1/chat/completions",
                HttpHeaders.empty(),
                TraceBody.ofText(request.toString(), JSON)));
  }

  private static TraceResponse response(int status, String body) {
    return TraceResponse.of(status, HttpHeaders.empty(), TraceBody.ofText(body, JSON), null);
  }
}
