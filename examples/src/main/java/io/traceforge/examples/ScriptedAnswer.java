package io.traceforge.examples;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the simulated provider answers. It calls every tool that it is offered, with the parameters'
 * examples; it presents a tool's result; it plans in three steps; anything else it repeats.
 */
final class ScriptedAnswer {
  private static final String PLAN = "Look for facts\nCompare what was found\nChoose the best";
  private static final int CHARACTERS_PER_TOKEN = 4;

  private final String id;
  private final JsonObject message;
  private final int promptTokens;

  private ScriptedAnswer(String id, JsonObject message, int promptTokens) {
    this.id = id;
    this.message = message;
    this.promptTokens = promptTokens;
  }

  static ScriptedAnswer to(JsonObject request, String id) {
    JsonArray messages = request.getAsJsonArray("messages");
    JsonObject last = messages.get(messages.size() - 1).getAsJsonObject();
    String text = last.get("content").getAsString();
    JsonObject message = new JsonObject();
    message.addProperty("role", "assistant");
    if (last.get("role").getAsString().equals("tool")) {
      message.addProperty("content", "[simulated] The best of these: " + firstLine(text));
    } else if (request.has("tools")) {
      message.add("tool_calls", toolCalls(request.getAsJsonArray("tools"), id));
    } else if (text.startsWith("Plan")) {
      message.addProperty("content", PLAN);
    } else {
      message.addProperty("content", "[simulated] You said: " + text);
    }
    return new ScriptedAnswer(id, message, tokens(messages));
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("nothing");
  }

  private static JsonArray toolCalls(JsonArray tools, String id) {
    JsonArray calls = new JsonArray();
    for (JsonElement tool : tools) {
      JsonObject offered = tool.getAsJsonObject().getAsJsonObject("function");
      JsonObject function = new JsonObject();
      function.add("name", offered.get("name"));
      function.addProperty("arguments", exampleArguments(offered).toString());
      JsonObject call = new JsonObject();
      call.addProperty("id", id + "-call-" + (calls.size() + 1));
      call.addProperty("type", "function");
      call.add("function", function);
      calls.add(call);
    }
    return calls;
  }

  private static JsonObject exampleArguments(JsonObject tool) {
    JsonObject arguments = new JsonObject();
    Map<String, JsonElement> parameters =
        tool.getAsJsonObject("parameters").getAsJsonObject("properties").asMap();
    parameters.forEach(
        (name, schema) ->
            arguments.add(name, schema.getAsJsonObject().getAsJsonArray("examples").get(0)));
    return arguments;
  }

  /** Returns the answer as one document. */
  JsonObject completion() {
    JsonObject choice = new JsonObject();
    choice.addProperty("index", 0);
    choice.add("message", message);
    choice.addProperty("finish_reason", finishReason());
    JsonObject completion = envelope("chat.completion", choice);
    completion.add("usage", usage());
    return completion;
  }

  /** Returns the answer as the chunks of a stream, its usage in the last one. */
  List<JsonObject> chunks() {
    List<JsonObject> chunks = new ArrayList<>();
    for (JsonObject delta : deltas()) {
      chunks.add(chunk(delta, false));
    }
    chunks.add(chunk(new JsonObject(), true));
    JsonObject last = envelope("chat.completion.chunk");
    last.add("usage", usage());
    chunks.add(last);
    return chunks;
  }

  private List<JsonObject> deltas() {
    List<JsonObject> deltas = new ArrayList<>();
    JsonObject role = new JsonObject();
    role.addProperty("role", "assistant");
    deltas.add(role);
    if (message.has("tool_calls")) {
      int index = 0;
      for (JsonElement call : message.getAsJsonArray("tool_calls")) {
        JsonObject indexed = call.getAsJsonObject().deepCopy();
        indexed.addProperty("index", index++);
        JsonArray calls = new JsonArray();
        calls.add(indexed);
        deltas.add(delta("tool_calls", calls));
      }
    } else {
      for (String word : message.get("content").getAsString().split("(?<= )", -1)) {
        deltas.add(delta("content", new JsonPrimitive(word)));
      }
    }
    return deltas;
  }

  private static JsonObject delta(String name, JsonElement value) {
    JsonObject delta = new JsonObject();
    delta.add(name, value);
    return delta;
  }

  private JsonObject chunk(JsonObject delta, boolean last) {
    JsonObject choice = new JsonObject();
    choice.addProperty("index", 0);
    choice.add("delta", delta);
    if (last) {
      choice.addProperty("finish_reason", finishReason());
    }
    return envelope("chat.completion.chunk", choice);
  }

  private JsonObject envelope(String kind, JsonObject... choices) {
    JsonObject envelope = new JsonObject();
    envelope.addProperty("id", id);
    envelope.addProperty("object", kind);
    envelope.addProperty("created", 0);
    envelope.addProperty("model", SimulatedProvider.MODEL);
    envelope.addProperty("system_fingerprint", "fp_simulated");
    JsonArray list = new JsonArray();
    for (JsonObject choice : choices) {
      list.add(choice);
    }
    envelope.add("choices", list);
    return envelope;
  }

  private String finishReason() {
    return message.has("tool_calls") ? "tool_calls" : "stop";
  }

  private JsonObject usage() {
    int completionTokens = tokens(message);
    JsonObject usage = new JsonObject();
    usage.addProperty("prompt_tokens", promptTokens);
    usage.addProperty("completion_tokens", completionTokens);
    usage.addProperty("total_tokens", promptTokens + completionTokens);
    return usage;
  }

  /** A rough count, as good as a script needs. */
  private static int tokens(JsonElement text) {
    return text.toString().length() / CHARACTERS_PER_TOKEN;
  }
}
