package io.traceforge.protocol;

import com.google.gson.JsonObject;
import io.traceforge.trace.ToolCall;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Reads a chat completion: the whole document, or what a stream amounts to. */
final class OpenAiChatResponse {
  private OpenAiChatResponse() {}

  static void read(JsonObject response, int status, Interpretation.Builder found) {
    List<JsonObject> choices = choicesInOrder(response);
    found.error(OpenAiError.read(response, status));
    if (!choices.isEmpty()) {
      readText(choices.get(0), found);
    }
    found
        .metadataBuilder()
        .responseId(Json.text(response, "id"))
        .responseModel(Json.text(response, "model"))
        .finishReasons(
            choices.stream()
                .map(choice -> Json.text(choice, "finish_reason"))
                .filter(Objects::nonNull)
                .toList())
        .toolCalls(choices.stream().flatMap(choice -> toolCalls(choice).stream()).toList())
        .usage(OpenAiUsage.read(Json.object(response, "usage")));
  }

  private static void readText(JsonObject choice, Interpretation.Builder found) {
    JsonObject message = Json.object(choice, "message");
    if (message == null) {
      found.text(Json.text(choice, "text"));
      return;
    }
    String reasoning = Json.text(message, "reasoning_content");
    found
        .text(Json.joinedText(message.get("content"), "text"))
        .reasoningText(reasoning == null ? Json.text(message, "reasoning") : reasoning);
  }

  private static List<JsonObject> choicesInOrder(JsonObject response) {
    return Json.objects(response, "choices").stream()
        .sorted(Comparator.comparingLong(OpenAiChatResponse::index))
        .toList();
  }

  private static long index(JsonObject choice) {
    Long index = Json.count(choice, "index");
    return index == null ? 0 : index;
  }

  private static List<ToolCall> toolCalls(JsonObject choice) {
    JsonObject message = Json.object(choice, "message");
    if (message == null) {
      return List.of();
    }
    List<ToolCall> calls = new ArrayList<>();
    for (JsonObject call : Json.objects(message, "tool_calls")) {
      JsonObject custom = Json.object(call, "custom");
      JsonObject function = Json.object(call, "function");
      if (function != null) {
        calls.add(
            ToolCall.of(
                Json.text(call, "id"),
                Json.textOrEmpty(function, "name"),
                Json.textOrJson(function.get("arguments"))));
      } else if (custom != null) {
        calls.add(
            ToolCall.of(
                Json.text(call, "id"),
                Json.textOrEmpty(custom, "name"),
                Json.textOrJson(custom.get("input"))));
      }
    }
    JsonObject deprecated = Json.object(message, "function_call");
    if (deprecated != null) {
      calls.add(
          ToolCall.of(
              null,
              Json.textOrEmpty(deprecated, "name"),
              Json.textOrJson(deprecated.get("arguments"))));
    }
    return List.copyOf(calls);
  }
}
