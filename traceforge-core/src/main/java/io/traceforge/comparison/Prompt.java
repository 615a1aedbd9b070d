package io.traceforge.comparison;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import java.util.ArrayList;
import java.util.List;

/** Finds the messages of a request, in whatever wire format. */
final class Prompt {
  /** Instructions first, as providers put them before the conversation. */
  private static final List<String> MEMBERS =
      List.of(
          "system", "systemInstruction", "instructions", "messages", "contents", "input", "prompt");

  private Prompt() {}

  /** Returns the messages that are not among the first ones of the request before. */
  static String newIn(Trace trace, List<String> messagesBefore) {
    List<String> messages = messages(trace);
    int known = 0;
    while (known < Math.min(messages.size(), messagesBefore.size())
        && messages.get(known).equals(messagesBefore.get(known))) {
      known++;
    }
    return String.join("\n", messages.subList(known, messages.size()));
  }

  /** Returns all messages; the whole body if it has none that are known as such. */
  static List<String> messages(Trace trace) {
    TraceBody body = trace.request().body();
    if (body == null) {
      return List.of();
    }
    List<String> messages = new ArrayList<>();
    if (body.json().orElse(null) instanceof JsonObject request) {
      MEMBERS.forEach(member -> add(messages, request.get(member)));
    }
    return messages.isEmpty() ? List.of(body.text()) : messages;
  }

  private static void add(List<String> messages, JsonElement value) {
    if (value instanceof JsonArray array) {
      array.forEach(message -> messages.add(text(message)));
    } else if (value != null) {
      messages.add(text(value));
    }
  }

  private static String text(JsonElement message) {
    if (message instanceof JsonPrimitive text) {
      return text.getAsString();
    }
    return message instanceof JsonObject object
            && object.size() == 2
            && object.get("role") instanceof JsonPrimitive role
            && object.get("content") instanceof JsonPrimitive content
        ? role.getAsString() + ": " + content.getAsString()
        : message.toString();
  }
}
