package io.traceforge.viewer.internal.conversation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;

/** Reads what a model answered. */
final class AnswerMessages {
  private static final String ASSISTANT = "assistant";

  private AnswerMessages() {}

  static List<Message> of(JsonObject answer) {
    List<Message> messages = new ArrayList<>();
    for (JsonElement choice : array(answer, "choices")) {
      addInside(messages, choice, "message");
      addText(messages, choice, "text");
    }
    for (JsonElement candidate : array(answer, "candidates")) {
      addInside(messages, candidate, "content");
    }
    for (JsonElement item : array(answer, "output")) {
      messages.addAll(MessageReader.read(item, ASSISTANT));
    }
    if (answer.get("content") instanceof JsonArray) {
      messages.addAll(MessageReader.read(answer, ASSISTANT));
    }
    addInside(messages, answer, "message");
    addText(messages, answer, "response");
    return messages;
  }

  private static List<JsonElement> array(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonArray array ? array.asList() : List.of();
  }

  private static void addInside(List<Message> messages, JsonElement parent, String name) {
    if (parent instanceof JsonObject object && object.get(name) instanceof JsonObject message) {
      messages.addAll(MessageReader.read(message, ASSISTANT));
    }
  }

  private static void addText(List<Message> messages, JsonElement parent, String name) {
    if (parent instanceof JsonObject object
        && object.get(name) instanceof JsonPrimitive text
        && text.isString()) {
      messages.add(new Message(ASSISTANT, List.of(Part.text(text.getAsString()))));
    }
  }
}
