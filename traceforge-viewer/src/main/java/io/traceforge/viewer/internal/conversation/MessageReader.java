package io.traceforge.viewer.internal.conversation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.traceforge.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one message, in the shape of any provider. */
final class MessageReader {
  /** Items of OpenAI's Responses that come from the model, and whose names do not tell it. */
  private static final Set<String> OF_THE_MODEL =
      Set.of("reasoning", "compaction", "mcp_list_tools", "mcp_approval_request");

  private MessageReader() {}

  /** Returns the message, or none if it is of thoughts that nobody can read. */
  static List<Message> read(JsonElement message, String otherwise) {
    if (!(message instanceof JsonObject object)) {
      return List.of(new Message(otherwise, ContentReader.of(message)));
    }
    String type = Json.text(object, "type");
    String whose = type == null ? null : whose(type);
    if (whose != null) {
      List<Part> parts = ContentReader.of(object);
      return parts.isEmpty() ? List.of() : List.of(new Message(whose, parts));
    }
    String role = roleOf(object, otherwise);
    List<Part> parts = role.equals("tool") ? List.of(result(object)) : said(object);
    return List.of(new Message(role, parts.isEmpty() ? unknown(object) : parts));
  }

  /** Items of OpenAI's Responses stand where messages do; few have a role. */
  private static @Nullable String whose(String type) {
    if (type.endsWith("_call") || OF_THE_MODEL.contains(type)) {
      return "assistant";
    }
    return type.endsWith("_output") ? "tool" : null;
  }

  private static String roleOf(JsonObject message, String otherwise) {
    String role = Json.text(message, "role");
    if (role == null) {
      return otherwise;
    }
    return switch (role) {
      case "model" -> "assistant";
      case "developer" -> "system";
      case "function" -> "tool";
      default -> role;
    };
  }

  private static List<Part> said(JsonObject message) {
    List<Part> parts = new ArrayList<>();
    Stream.of("reasoning_content", "reasoning", "thinking")
        .map(name -> Json.text(message, name))
        .filter(text -> text != null && !text.isEmpty())
        .map(Part::reasoning)
        .forEach(parts::add);
    parts.addAll(ContentReader.of(message.get("content")));
    parts.addAll(ContentReader.of(message.get("parts")));
    parts.addAll(ContentReader.of(message.get("refusal")));
    images(message, parts);
    Json.objects(message, "tool_calls").forEach(call -> parts.add(toolCall(call)));
    JsonObject legacy = Json.object(message, "function_call");
    if (legacy != null) {
      parts.add(toolCall(message.deepCopy()));
    }
    return parts;
  }

  private static Part toolCall(JsonObject call) {
    JsonObject function =
        Stream.of("function", "function_call", "custom")
            .map(name -> Json.object(call, name))
            .filter(found -> found != null)
            .findFirst()
            .orElse(call);
    JsonElement arguments = function.get(function.has("input") ? "input" : "arguments");
    return Part.toolCall(
        Json.text(call, "id"), Json.text(function, "name"), ContentReader.plain(arguments));
  }

  private static Part result(JsonObject message) {
    String id = Json.text(message, "tool_call_id");
    return Part.toolResult(id, toolName(message), ContentReader.plain(message.get("content")));
  }

  private static @Nullable String toolName(JsonObject message) {
    String name = Json.text(message, "tool_name");
    return name == null ? Json.text(message, "name") : name;
  }

  /** Ollama's: base64 without a media type. */
  private static void images(JsonObject message, List<Part> parts) {
    if (message.get("images") instanceof JsonArray images) {
      images.forEach(image -> parts.add(ImageReader.ofBase64(null, ContentReader.plain(image))));
    }
  }

  private static List<Part> unknown(JsonObject message) {
    boolean empty = Stream.of("content", "parts").anyMatch(message::has);
    return empty ? List.of() : List.of(Part.other(message.toString()));
  }
}
