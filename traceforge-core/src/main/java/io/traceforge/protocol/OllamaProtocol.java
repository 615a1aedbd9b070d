package io.traceforge.protocol;

import com.google.gson.JsonObject;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceError;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ollama's own interface: {@code POST …/api/chat}, {@code …/api/generate}, {@code …/api/embed}.
 * Shapes as in Ollama's API documentation. It streams unless told otherwise.
 */
final class OllamaProtocol extends JsonProtocol {
  private static final String EMBEDDINGS = "embeddings";
  private static final String EMBED = "/api/embed";
  private static final Set<String> SUMMARY =
      Set.of(
          "model",
          "created_at",
          "done",
          "done_reason",
          "total_duration",
          "prompt_eval_count",
          "eval_count",
          "error");

  OllamaProtocol() {
    super("ollama");
  }

  @Override
  protected @Nullable String operation(String path) {
    if (path.endsWith("/api/chat")) {
      return "chat";
    }
    if (path.endsWith("/api/generate")) {
      return "text_completion";
    }
    return path.endsWith(EMBED) ? EMBEDDINGS : null;
  }

  @Override
  protected Set<String> requestMembers(String operation) {
    return Set.of("model");
  }

  /** Gateways lose the media type: then lines that are documents tell a stream. */
  @Override
  @Nullable EventStream ownStream(String path, KeptBytes body) {
    if (!body.start().startsWith("{")) {
      return null;
    }
    LineReader.Line line = new LineReader(body.bytes, 0, body.headLength).next();
    boolean alone = line == null || line.end() == body.headLength;
    KeptBytes first = line == null ? body : body.upTo(line.end());
    JsonObject told = JsonOutline.ofAny(first, Set.of("done")).members();
    return told.has("done") && !(alone && Json.isTrue(told.get("done")))
        ? EventStream.NDJSON
        : null;
  }

  @Override
  protected @Nullable StreamedResponse newStream(String operation) {
    return operation.equals(EMBEDDINGS) ? null : new OllamaStream();
  }

  @Override
  protected Set<String> summaryMembers() {
    return SUMMARY;
  }

  @Override
  boolean isReadBySummary(String operation) {
    return operation.equals(EMBEDDINGS);
  }

  @Override
  protected void read(JsonObject response, int status, Interpretation.Builder found) {
    JsonObject message = Json.object(response, "message");
    JsonObject answer = message == null ? response : message;
    String error = Json.text(response, "error");
    String reason = Json.text(response, "done_reason");
    found
        .error(error == null ? null : TraceError.of(Json.errorType(status), error, null))
        .text(Json.text(answer, message == null ? "response" : "content"))
        .reasoningText(Json.text(answer, "thinking"));
    found
        .metadataBuilder()
        .responseModel(Json.text(response, "model"))
        .finishReasons(reason == null ? List.of() : List.of(reason))
        .toolCalls(
            Json.objects(answer, "tool_calls").stream().map(OllamaProtocol::toolCall).toList())
        .usage(usage(response));
  }

  private static ToolCall toolCall(JsonObject call) {
    JsonObject told = Json.object(call, "function");
    JsonObject function = told == null ? call : told;
    return ToolCall.of(
        Json.text(call, "id"),
        Json.textOrEmpty(function, "name"),
        Json.textOrJson(function.get("arguments")));
  }

  private static TokenUsage usage(JsonObject response) {
    Long input = Json.count(response, "prompt_eval_count");
    Long output = Json.count(response, "eval_count");
    boolean all = input != null && (output != null || !response.has("done")); // or an embedding
    Long total = all ? Long.valueOf(Json.sum(input, output)) : null;
    return TokenUsage.builder().inputTokens(input).outputTokens(output).totalTokens(total).build();
  }
}
