package io.traceforge.viewer.internal.conversation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/** Reads what was sent to a model. */
final class RequestMessages {
  /** Where the providers put their instructions: before the conversation. */
  private static final List<String> INSTRUCTIONS =
      List.of("system", "systemInstruction", "system_instruction", "instructions");

  private static final List<String> CONVERSATION =
      List.of("messages", "contents", "input", "prompt");

  private RequestMessages() {}

  static List<Message> of(JsonObject request) {
    List<Message> messages = new ArrayList<>();
    for (String name : INSTRUCTIONS) {
      List<Part> parts = ContentReader.of(request.get(name));
      if (!parts.isEmpty()) {
        messages.add(new Message("system", parts));
      }
    }
    for (String name : CONVERSATION) {
      add(messages, request.get(name));
    }
    return messages;
  }

  private static void add(List<Message> messages, JsonElement value) {
    if (value instanceof JsonPrimitive text) {
      messages.add(new Message("user", List.of(Part.text(text.getAsString()))));
    } else if (value instanceof JsonArray array) {
      array.forEach(item -> messages.addAll(MessageReader.read(item, "user")));
    }
  }
}
