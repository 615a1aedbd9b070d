package io.traceforge.viewer.internal.conversation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.traceforge.protocol.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the content of a message: a text, or parts in the shape of any provider. */
final class ContentReader {
  private ContentReader() {}

  static List<Part> of(@Nullable JsonElement content) {
    List<Part> parts = new ArrayList<>();
    if (content instanceof JsonPrimitive text) {
      if (!text.getAsString().isEmpty()) {
        parts.add(Part.text(text.getAsString()));
      }
    } else if (content instanceof JsonArray array) {
      array.forEach(item -> parts.addAll(of(item)));
    } else if (content instanceof JsonObject object) {
      if (object.get("parts") instanceof JsonArray inside) {
        return of(inside);
      }
      return "reasoning".equals(Json.text(object, "type"))
          ? thoughts(object)
          : List.of(part(object));
    }
    return parts;
  }

  /** Returns a text as it is, texts joined, and anything else as JSON. */
  static String plain(@Nullable JsonElement content) {
    if (content == null || content.isJsonNull()) {
      return "";
    }
    if (content instanceof JsonPrimitive text) {
      return text.getAsString();
    }
    List<Part> parts = content instanceof JsonArray ? of(content) : List.of();
    boolean texts = !parts.isEmpty() && parts.stream().allMatch(p -> p.kind() == Part.Kind.TEXT);
    return texts ? joined(parts) : content.toString();
  }

  /** Of its thoughts a provider tells a summary, or themselves, or nothing that can be read. */
  private static List<Part> thoughts(JsonObject item) {
    return Stream.of("summary", "content", "text")
        .map(name -> of(item.get(name)))
        .filter(parts -> !parts.isEmpty())
        .findFirst()
        .map(parts -> List.of(Part.reasoning(joined(parts))))
        .orElse(List.of());
  }

  private static String joined(List<Part> parts) {
    return parts.stream().map(Part::text).collect(Collectors.joining("\n"));
  }

  private static Part part(JsonObject part) {
    String type = Json.text(part, "type");
    return type == null ? untyped(part) : typed(type, part);
  }

  private static Part typed(String type, JsonObject part) {
    return switch (type) {
      case "text", "input_text", "output_text", "summary_text", "reasoning_text" ->
          textOf(part, "text");
      case "refusal" -> textOf(part, "refusal");
      case "thinking" -> Part.reasoning(plain(part.get("thinking")));
      case "tool_use", "server_tool_use" -> toolUse(part, "id", "input");
      case "function_call" -> toolUse(part, "call_id", "arguments");
      case "custom_tool_call" -> toolUse(part, "call_id", "input");
      case "tool_result" -> result(part, "tool_use_id", "content");
      case "function_call_output", "custom_tool_call_output" -> result(part, "call_id", "output");
      case "image", "image_url", "input_image" -> ImageReader.of(part);
      default -> Part.other(part.toString());
    };
  }

  /** Gemini's parts have no type: a member tells it. */
  private static Part untyped(JsonObject part) {
    JsonObject call = Json.object(part, "functionCall");
    if (call != null) {
      return toolUse(call, "id", "args");
    }
    JsonObject response = Json.object(part, "functionResponse");
    if (response != null) {
      return result(response, "id", "response");
    }
    if (part.has("inlineData") || part.has("inline_data")) {
      return ImageReader.of(part);
    }
    String text = Json.text(part, "text");
    if (text == null) {
      return Part.other(part.toString());
    }
    boolean thought = part.get("thought") instanceof JsonPrimitive flag && flag.getAsBoolean();
    return thought ? Part.reasoning(text) : Part.text(text);
  }

  private static Part textOf(JsonObject part, String member) {
    String text = Json.text(part, member);
    return text == null ? Part.other(part.toString()) : Part.text(text);
  }

  private static Part toolUse(JsonObject part, String id, String arguments) {
    return Part.toolCall(Json.text(part, id), Json.text(part, "name"), plain(part.get(arguments)));
  }

  private static Part result(JsonObject part, String id, String content) {
    return Part.toolResult(Json.text(part, id), Json.text(part, "name"), plain(part.get(content)));
  }
}
