package io.traceforge.examples;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Map;

/** The messages and the tools of a chat, in the wire format of OpenAI's chat completions. */
final class Conversation {
  private final JsonArray messages = new JsonArray();
  private final JsonArray tools = new JsonArray();

  /** Returns a conversation that begins with a question. */
  static Conversation asking(String question) {
    return new Conversation().user(question);
  }

  Conversation user(String text) {
    messages.add(message("user", text));
    return this;
  }

  /** Adds what the model said; a tool's result must follow the message that asked for it. */
  Conversation answer(Answer answer) {
    messages.add(answer.message());
    return this;
  }

  Conversation toolResult(Answer.ToolCall call, String result) {
    JsonObject message = message("tool", result);
    message.addProperty("tool_call_id", call.id());
    messages.add(message);
    return this;
  }

  /**
   * Offers a tool.
   *
   * @param examples the tool's parameters, all of them text, each with an example
   */
  Conversation offer(String name, String description, Map<String, String> examples) {
    JsonObject properties = new JsonObject();
    examples.forEach((parameter, example) -> properties.add(parameter, text(example)));
    JsonObject parameters = new JsonObject();
    parameters.addProperty("type", "object");
    parameters.add("properties", properties);
    JsonObject function = new JsonObject();
    function.addProperty("name", name);
    function.addProperty("description", description);
    function.add("parameters", parameters);
    JsonObject tool = new JsonObject();
    tool.addProperty("type", "function");
    tool.add("function", function);
    tools.add(tool);
    return this;
  }

  JsonObject toJson(String model) {
    JsonObject request = new JsonObject();
    request.addProperty("model", model);
    request.add("messages", messages.deepCopy());
    if (!tools.isEmpty()) {
      request.add("tools", tools.deepCopy());
    }
    return request;
  }

  private static JsonObject message(String role, String content) {
    JsonObject message = new JsonObject();
    message.addProperty("role", role);
    message.addProperty("content", content);
    return message;
  }

  private static JsonObject text(String example) {
    JsonArray examples = new JsonArray();
    examples.add(example);
    JsonObject schema = new JsonObject();
    schema.addProperty("type", "string");
    schema.add("examples", examples);
    return schema;
  }
}
