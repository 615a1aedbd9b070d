package io.traceforge.protocol;

import com.google.gson.JsonObject;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceError;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Google's Gemini: {@code POST …/models/{model}:generateContent} and {@code :streamGenerateContent}
 * with an object that has {@code contents}, on Vertex AI too. Shapes as in Google's reference of
 * {@code GenerateContentResponse}. A stream comes as server-sent events or as one JSON array.
 */
final class GeminiProtocol extends JsonProtocol {
  private static final Pattern PATH =
      Pattern.compile("/([^/:]+):(generateContent|streamGenerateContent)$");
  private static final Set<String> SUMMARY =
      Set.of("usageMetadata", "modelVersion", "responseId", "promptFeedback", "error");

  GeminiProtocol() {
    super("gcp.gemini");
  }

  @Override
  protected @Nullable String operation(String path) {
    return PATH.matcher(path).find() ? "chat" : null;
  }

  @Override
  protected Set<String> requestMembers(String operation) {
    return Set.of("contents");
  }

  @Override
  protected @Nullable String requestModel(JsonObject request, String path) {
    Matcher matcher = PATH.matcher(path);
    return matcher.find() ? matcher.group(1) : super.requestModel(request, path);
  }

  @Override
  @Nullable EventStream ownStream(String path, KeptBytes body) {
    String start = body.start();
    boolean isArray = start.isEmpty() || start.startsWith("[");
    return isArray && path.endsWith(":streamGenerateContent") ? EventStream.JSON_ARRAY : null;
  }

  @Override
  protected StreamedResponse newStream(String operation) {
    return new GeminiStream();
  }

  @Override
  protected Set<String> summaryMembers() {
    return SUMMARY;
  }

  @Override
  protected void read(JsonObject response, int status, Interpretation.Builder found) {
    List<JsonObject> candidates = Json.objects(response, "candidates");
    List<JsonObject> first = candidates.isEmpty() ? List.of() : parts(candidates.get(0));
    found
        .error(error(Json.object(response, "error"), status))
        .text(text(first, false))
        .reasoningText(text(first, true));
    found
        .metadataBuilder()
        .responseId(Json.text(response, "responseId"))
        .responseModel(Json.text(response, "modelVersion"))
        .finishReasons(finishReasons(candidates, Json.object(response, "promptFeedback")))
        .toolCalls(
            candidates.stream()
                .flatMap(candidate -> parts(candidate).stream())
                .flatMap(GeminiProtocol::toolCall)
                .toList())
        .usage(usage(Json.object(response, "usageMetadata")));
  }

  private static List<JsonObject> parts(JsonObject candidate) {
    JsonObject content = Json.object(candidate, "content");
    return content == null ? List.of() : Json.objects(content, "parts");
  }

  static boolean isThought(JsonObject part) {
    return Json.isTrue(part.get("thought"));
  }

  private static @Nullable String text(List<JsonObject> parts, boolean thoughts) {
    String text =
        parts.stream()
            .filter(part -> isThought(part) == thoughts)
            .map(part -> Json.text(part, "text"))
            .filter(Objects::nonNull)
            .collect(Collectors.joining());
    return text.isEmpty() ? null : text;
  }

  private static List<String> finishReasons(
      List<JsonObject> candidates, @Nullable JsonObject feedback) {
    List<String> reasons =
        candidates.stream()
            .map(candidate -> Json.text(candidate, "finishReason"))
            .filter(Objects::nonNull)
            .toList();
    String blocked = feedback == null ? null : Json.text(feedback, "blockReason");
    return reasons.isEmpty() && blocked != null ? List.of(blocked) : reasons;
  }

  private static Stream<ToolCall> toolCall(JsonObject part) {
    JsonObject call = Json.object(part, "functionCall");
    return call == null
        ? Stream.empty()
        : Stream.of(
            ToolCall.of(
                Json.text(call, "id"),
                Json.textOrEmpty(call, "name"),
                Json.textOrJson(call.get("args"))));
  }

  /** Google counts what tools put into the prompt, and thoughts, beside prompt and candidates. */
  private static TokenUsage usage(@Nullable JsonObject usage) {
    if (usage == null) {
      return TokenUsage.unknown();
    }
    Long prompt = Json.count(usage, "promptTokenCount");
    Long tools = Json.count(usage, "toolUsePromptTokenCount");
    Long candidates = Json.count(usage, "candidatesTokenCount");
    Long thoughts = Json.count(usage, "thoughtsTokenCount");
    boolean outputKnown = candidates != null || thoughts != null;
    return TokenUsage.builder()
        .inputTokens(prompt == null ? null : Json.sum(prompt, tools))
        .outputTokens(outputKnown ? Long.valueOf(Json.sum(candidates, thoughts)) : null)
        .totalTokens(Json.count(usage, "totalTokenCount"))
        .cachedInputTokens(Json.count(usage, "cachedContentTokenCount"))
        .reasoningTokens(thoughts)
        .build();
  }

  private static @Nullable TraceError error(@Nullable JsonObject error, int status) {
    if (error == null) {
      return null;
    }
    String type = Json.text(error, "status");
    String code = Json.textOrJson(error.get("code"));
    return TraceError.of(
        type == null ? Json.errorType(status) : type,
        Json.text(error, "message"),
        code.isEmpty() ? null : code);
  }
}
