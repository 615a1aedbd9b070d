package io.traceforge.protocol;

import com.google.gson.JsonObject;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceError;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * OpenAI's Responses: {@code POST …/responses}. Shapes as in OpenAI's API reference, "Responses"
 * and "Streaming events".
 */
final class OpenAiResponsesProtocol extends JsonProtocol {
  private static final Set<String> SUMMARY =
      Set.of("id", "object", "model", "status", "incomplete_details", "usage", "error", "type");

  OpenAiResponsesProtocol() {
    super("openai");
  }

  @Override
  protected @Nullable String operation(String path) {
    return path.endsWith("/responses") ? "chat" : null;
  }

  @Override
  protected Set<String> requestMembers(String operation) {
    return Set.of("input", "prompt", "previous_response_id", "conversation");
  }

  @Override
  protected StreamedResponse newStream(String operation) {
    return new OpenAiResponsesStream();
  }

  @Override
  protected Set<String> summaryMembers() {
    return SUMMARY;
  }

  @Override
  protected void read(JsonObject response, int status, Interpretation.Builder found) {
    List<JsonObject> output = Json.objects(response, "output");
    found
        .error(error(response, status))
        .text(text(output, "message", "content"))
        .reasoningText(reasoning(output));
    found
        .metadataBuilder()
        .responseId(Json.text(response, "id"))
        .responseModel(Json.text(response, "model"))
        .finishReasons(finishReasons(response))
        .toolCalls(output.stream().flatMap(OpenAiResponsesProtocol::toolCall).toList())
        .usage(usage(Json.object(response, "usage")));
  }

  private static @Nullable String text(List<JsonObject> output, String type, String member) {
    String text =
        output.stream()
            .filter(item -> type.equals(Json.text(item, "type")))
            .map(item -> Json.joinedText(item.get(member), "text"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining());
    return text.isEmpty() ? null : text;
  }

  /** Most models show a summary of their reasoning, open ones the reasoning itself. */
  private static @Nullable String reasoning(List<JsonObject> output) {
    String whole = text(output, "reasoning", "content");
    return whole == null ? text(output, "reasoning", "summary") : whole;
  }

  /** A response has a status in place of a finish reason, and a reason if it is incomplete. */
  private static List<String> finishReasons(JsonObject response) {
    JsonObject details = Json.object(response, "incomplete_details");
    String reason = details == null ? null : Json.text(details, "reason");
    String status = Json.text(response, "status");
    if (reason != null) {
      return List.of(reason);
    }
    boolean ended = status != null && !Set.of("in_progress", "queued").contains(status);
    return ended ? List.of(status) : List.of();
  }

  /** Tools that the provider itself runs are no calls for the program to make. */
  private static Stream<ToolCall> toolCall(JsonObject item) {
    String arguments =
        switch (Json.textOrEmpty(item, "type")) {
          case "function_call" -> "arguments";
          case "custom_tool_call" -> "input";
          default -> null;
        };
    return arguments == null
        ? Stream.empty()
        : Stream.of(
            ToolCall.of(
                Json.text(item, "call_id"),
                Json.textOrEmpty(item, "name"),
                Json.textOrJson(item.get(arguments))));
  }

  private static TokenUsage usage(@Nullable JsonObject usage) {
    if (usage == null) {
      return TokenUsage.unknown();
    }
    Long input = Json.count(usage, "input_tokens");
    Long output = Json.count(usage, "output_tokens");
    Long total = Json.count(usage, "total_tokens");
    JsonObject inputs = Json.object(usage, "input_tokens_details");
    JsonObject outputs = Json.object(usage, "output_tokens_details");
    boolean sum = total == null && input != null && output != null;
    return TokenUsage.builder()
        .inputTokens(input)
        .outputTokens(output)
        .totalTokens(sum ? Long.valueOf(Json.sum(input, output)) : total)
        .cachedInputTokens(inputs == null ? null : Json.count(inputs, "cached_tokens"))
        .cacheWriteTokens(inputs == null ? null : Json.count(inputs, "cache_write_tokens"))
        .reasoningTokens(outputs == null ? null : Json.count(outputs, "reasoning_tokens"))
        .build();
  }

  /** The error of a response that failed has a code where other errors have a type. */
  private static @Nullable TraceError error(JsonObject response, int status) {
    TraceError error = OpenAiError.read(response, status);
    return error != null && error.type().equals("error") && error.code() != null
        ? TraceError.of(error.code(), error.message(), error.code())
        : error;
  }
}
