package io.traceforge.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One item of a streamed response's output, as far as it has come. */
final class OpenAiResponsesItem {
  private JsonObject item = new JsonObject();
  private final SortedMap<Long, MergedJson> content = new TreeMap<>();
  private final SortedMap<Long, MergedJson> summary = new TreeMap<>();
  private final StringBuilder arguments = new StringBuilder();
  private String argumentsName = "arguments";
  private boolean done;

  void add(String type, JsonObject data) {
    JsonObject told = Json.object(data, "item");
    if (told != null) {
      item = told;
      done = type.endsWith(".done");
    } else {
      addPart(type, data);
    }
  }

  private void addPart(String type, JsonObject data) {
    JsonObject part = Json.object(data, "part");
    if (part != null) {
      if (type.endsWith(".added")) {
        part(data).merge(part);
      }
      return;
    }
    JsonElement delta = data.get("delta");
    switch (type) {
      case "response.output_text.delta",
          "response.reasoning_text.delta",
          "response.reasoning_summary_text.delta" ->
          merge(data, "text", delta);
      case "response.refusal.delta" -> merge(data, "refusal", delta);
      case "response.output_text.annotation.added" -> addAnnotation(data);
      case "response.custom_tool_call_input.delta" -> addArguments("input", delta);
      case "response.function_call_arguments.delta", "response.mcp_call_arguments.delta" ->
          addArguments("arguments", delta);
      default -> {} // told again by a later event, or still to be invented
    }
  }

  private void merge(JsonObject data, String name, @Nullable JsonElement delta) {
    if (delta != null) {
      MergedJson part = part(data);
      part.merge(name, delta);
      if (data.get("logprobs") instanceof JsonArray logprobs && !logprobs.isEmpty()) {
        part.merge("logprobs", logprobs);
      }
    }
  }

  private void addAnnotation(JsonObject data) {
    JsonElement annotation = data.get("annotation");
    if (annotation != null) {
      part(data).merge("annotations", Json.arrayOf(annotation));
    }
  }

  private void addArguments(String name, @Nullable JsonElement delta) {
    argumentsName = name;
    arguments.append(Json.textOrJson(delta));
  }

  private MergedJson part(JsonObject data) {
    Long ofSummary = Json.count(data, "summary_index");
    Long ofContent = Json.count(data, "content_index");
    return ofSummary != null
        ? summary.computeIfAbsent(ofSummary, unknown -> new MergedJson())
        : content.computeIfAbsent(ofContent == null ? 0 : ofContent, unknown -> new MergedJson());
  }

  JsonObject toJson() {
    if (!done) {
      putParts("content", content);
      putParts("summary", summary);
      if (!arguments.isEmpty()) {
        item.addProperty(argumentsName, arguments.toString());
      }
    }
    return item;
  }

  private void putParts(String name, SortedMap<Long, MergedJson> parts) {
    if (!parts.isEmpty()) {
      JsonArray array = new JsonArray();
      parts.values().forEach(part -> array.add(part.toJson()));
      item.add(name, array);
    }
  }
}
