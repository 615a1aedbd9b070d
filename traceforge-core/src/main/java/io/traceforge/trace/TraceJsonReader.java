package io.traceforge.trace;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import io.traceforge.internal.MemberWalk;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads one trace from JSON. */
final class TraceJsonReader {
  /** These are taken as they stand, to the byte. */
  private static final Set<String> VERBATIM = Set.of("request", "response", "state_snapshot");

  private static final String NOTHING = "null";

  private final Members trace;
  private final Map<String, String> verbatim;

  private TraceJsonReader(Members trace, Map<String, String> verbatim) {
    this.trace = trace;
    this.verbatim = verbatim;
  }

  static TraceJsonReader of(String json) {
    JsonObject rest = new JsonObject();
    Map<String, String> verbatim = new HashMap<>();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try {
      MemberWalk walk = new MemberWalk(bytes, bytes.length, Integer.MAX_VALUE);
      for (String name = walk.next(); name != null; name = walk.next()) {
        if (!VERBATIM.contains(name)) {
          rest.add(name, JsonParser.parseString(walk.value()));
        } else {
          verbatim.put(name, walk.value());
        }
      }
    } catch (MemberWalk.Unclear | JsonParseException broken) {
      throw new IllegalArgumentException("expected a JSON object on its own", broken);
    }
    return new TraceJsonReader(new Members("", rest), verbatim);
  }

  Trace read() {
    Members metadata = trace.objectOrNone("metadata");
    Members http = trace.object("http");
    TraceMetadata read = metadata(metadata);
    return Trace.builder()
        .id(trace.needText("id"))
        .sessionId(trace.text("session_id"))
        .stepIndex(trace.number("step_index", 0))
        .callNumber(trace.number("call_number", 0))
        .parentTraceId(trace.text("parent_trace_id"))
        .stateJson(state())
        .status(metadata.constant("status", TraceStatus.class))
        .startTime(trace.needTime("timestamp"))
        .request(http == null ? requestOfOthers() : request(http))
        .response(http == null ? responseOfOthers(metadata) : response(http))
        .error(error(metadata))
        .metadata(read)
        .build();
  }

  /** Returns the session's metadata, which the last trace of an exported session has. */
  @Nullable SessionMetadata session() {
    Members session = trace.object("session");
    return session == null ? null : SessionJson.read(session);
  }

  private String state() {
    String text = trace.text("state_text");
    if (text != null) {
      return text;
    }
    String state = verbatim.getOrDefault("state_snapshot", NOTHING);
    return state.equals(NOTHING) ? "{}" : state;
  }

  private static @Nullable TraceError error(Members metadata) {
    Members detail = metadata.object("error_detail");
    if (detail != null) {
      return TraceError.of(detail.needText("type"), detail.text("message"), detail.text("code"));
    }
    String text = metadata.text("error");
    return text == null ? null : TraceError.of("error", text, null);
  }

  private static TraceMetadata metadata(Members metadata) {
    Members usage = metadata.object("usage");
    Members timing = metadata.object("timing");
    boolean hasModels =
        metadata.text("request_model") != null || metadata.text("response_model") != null;
    return TraceMetadata.builder()
        .provider(metadata.text("provider"))
        .operation(metadata.text("operation"))
        .requestModel(metadata.text(hasModels ? "request_model" : "model"))
        .responseModel(metadata.text("response_model"))
        .responseId(metadata.text("response_id"))
        .finishReasons(metadata.texts("finish_reasons"))
        .toolCalls(toolCalls(metadata))
        .usage(usage == null ? usageOfOthers(metadata) : UsageJson.read(usage))
        .timing(timing == null ? timingOfOthers(metadata) : timing(timing))
        .retryCount(
            metadata.count("retry_count") == null ? null : metadata.number("retry_count", 0))
        .build();
  }

  private static List<ToolCall> toolCalls(Members metadata) {
    return metadata.array("tool_calls").stream()
        .map(
            element -> {
              if (!(element instanceof JsonObject object)) {
                throw metadata.wrong("tool_calls", "expected objects");
              }
              Members call = new Members("metadata.tool_calls.", object);
              return ToolCall.of(
                  call.text("id"), call.needText("name"), call.needText("arguments"));
            })
        .toList();
  }

  private static TraceTiming timing(Members timing) {
    return TraceTiming.builder()
        .toHeaders(nanos(timing.count("to_headers_ns")))
        .toFirstByte(nanos(timing.count("to_first_byte_ns")))
        .toFirstToken(nanos(timing.count("to_first_token_ns")))
        .total(nanos(timing.count("total_ns")))
        .chunkCount(timing.number("chunk_count", 0))
        .build();
  }

  private static @Nullable Duration nanos(@Nullable Long nanos) {
    return nanos == null ? null : Duration.ofNanos(nanos);
  }

  private static TokenUsage usageOfOthers(Members metadata) {
    return TokenUsage.builder().totalTokens(metadata.count("tokens_used")).build();
  }

  private static TraceTiming timingOfOthers(Members metadata) {
    Long millis = metadata.count("duration_ms");
    return TraceTiming.builder().total(millis == null ? null : Duration.ofMillis(millis)).build();
  }

  private TraceRequest request(Members http) {
    return TraceRequest.of(
        http.needText("method"),
        http.needText("url"),
        headers(http, "request_headers"),
        body(http, "request_body", verbatim.get("request")));
  }

  private @Nullable TraceResponse response(Members http) {
    if (http.count("status_code") == null) {
      return null;
    }
    return TraceResponse.of(
        http.number("status_code", 0),
        headers(http, "response_headers"),
        body(http, "response_body", verbatim.get("response")),
        body(http, "assembled_body", verbatim.get("response")));
  }

  private static @Nullable TraceBody body(Members http, String name, @Nullable String json) {
    Members form = http.object(name);
    return form == null ? null : BodyForm.read(form, json);
  }

  private static HttpHeaders headers(Members http, String name) {
    return HttpHeaders.of(
        http.array(name).stream().map(element -> field(http, name, element)).toList());
  }

  private static HttpHeaders.Field field(Members http, String name, JsonElement element) {
    if (element instanceof JsonArray pair && pair.size() == 2) {
      return new HttpHeaders.Field(pair.get(0).getAsString(), pair.get(1).getAsString());
    }
    throw http.wrong(name, "expected pairs of name and value");
  }

  private TraceRequest requestOfOthers() {
    return TraceRequest.of(
        "POST", trace.needText("endpoint"), HttpHeaders.empty(), bodyOfOthers("request"));
  }

  private @Nullable TraceResponse responseOfOthers(Members metadata) {
    TraceBody body = bodyOfOthers("response");
    boolean failed = metadata.constant("status", TraceStatus.class) == TraceStatus.ERROR;
    return body == null
        ? null
        : TraceResponse.of(failed ? 500 : 200, HttpHeaders.empty(), body, null);
  }

  private @Nullable TraceBody bodyOfOthers(String name) {
    String json = verbatim.getOrDefault(name, NOTHING);
    return json.equals(NOTHING) ? null : TraceBody.ofText(json, "application/json");
  }
}
