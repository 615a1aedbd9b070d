package io.traceforge.protocol;

import com.google.gson.JsonElement;
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
 * Anthropic's messages: {@code POST …/messages} with an object that has {@code messages}. Shapes as
 * in Anthropic's API reference, "Messages" and "Streaming messages".
 */
final class AnthropicMessagesProtocol extends JsonProtocol {
  private static final Set<String> SUMMARY =
      Set.of("id", "type", "role", "model", "stop_reason", "stop_sequence", "usage", "error");

  AnthropicMessagesProtocol() {
    super("anthropic");
  }

  /** OpenAI's assistants have messages too, those of a thread. */
  @Override
  protected @Nullable String operation(String path) {
    return path.endsWith("/messages") && !path.contains("/threads/") ? "chat" : null;
  }

  @Override
  protected Set<String> requestMembers(String operation) {
    return Set.of("messages");
  }

  @Override
  protected StreamedResponse newStream(String operation) {
    return new AnthropicStream();
  }

  @Override
  protected Set<String> summaryMembers() {
    return SUMMARY;
  }

  @Override
  protected void read(JsonObject message, int status, Interpretation.Builder found) {
    List<JsonObject> blocks = Json.objects(message, "content");
    String reason = Json.text(message, "stop_reason");
    found
        .error(error(message, status))
        .text(joined(blocks, "text"))
        .reasoningText(joined(blocks, "thinking"));
    found
        .metadataBuilder()
        .responseId(Json.text(message, "id"))
        .responseModel(Json.text(message, "model"))
        .finishReasons(reason == null ? List.of() : List.of(reason))
        .toolCalls(blocks.stream().flatMap(AnthropicMessagesProtocol::toolCall).toList())
        .usage(usage(Json.object(message, "usage")));
  }

  private static @Nullable String joined(List<JsonObject> blocks, String member) {
    String text =
        blocks.stream()
            .filter(block -> member.equals(Json.text(block, "type")))
            .map(block -> Json.text(block, member))
            .filter(Objects::nonNull)
            .collect(Collectors.joining());
    return text.isEmpty() ? null : text;
  }

  /** Tools that the provider itself runs are no calls for the program to make. */
  private static Stream<ToolCall> toolCall(JsonObject block) {
    if (!"tool_use".equals(Json.text(block, "type"))) {
      return Stream.empty();
    }
    JsonElement input = block.get("input");
    return Stream.of(
        ToolCall.of(
            Json.text(block, "id"), Json.textOrEmpty(block, "name"), Json.textOrJson(input)));
  }

  /** Anthropic counts cached input apart; here, as with other providers, it is part of all. */
  private static TokenUsage usage(@Nullable JsonObject usage) {
    if (usage == null) {
      return TokenUsage.unknown();
    }
    Long cacheWrite = Json.count(usage, "cache_creation_input_tokens");
    Long cached = Json.count(usage, "cache_read_input_tokens");
    Long uncached = Json.count(usage, "input_tokens");
    Long input = uncached == null ? null : Json.sum(uncached, cacheWrite, cached);
    Long output = Json.count(usage, "output_tokens");
    JsonObject details = Json.object(usage, "output_tokens_details");
    return TokenUsage.builder()
        .inputTokens(input)
        .outputTokens(output)
        .totalTokens(input == null || output == null ? null : Json.sum(input, output))
        .cachedInputTokens(cached)
        .cacheWriteTokens(cacheWrite)
        .reasoningTokens(details == null ? null : Json.count(details, "thinking_tokens"))
        .build();
  }

  private static @Nullable TraceError error(JsonObject message, int status) {
    JsonObject error = Json.object(message, "error");
    if (error == null) {
      return null;
    }
    String type = Json.text(error, "type");
    return TraceError.of(
        type == null ? Json.errorType(status) : type, Json.text(error, "message"), null);
  }
}
