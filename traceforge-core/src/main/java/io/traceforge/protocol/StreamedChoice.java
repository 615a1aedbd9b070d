package io.traceforge.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import org.jspecify.annotations.Nullable;

/** One choice of a streamed chat completion, put together in the shape it has without streaming. */
final class StreamedChoice {
  private final MergedJson message = new MergedJson();
  private final StreamedToolCalls toolCalls = new StreamedToolCalls();
  private final MergedJson logprobs = new MergedJson();
  private final JsonObject others = new JsonObject();
  private @Nullable JsonObject wholeMessage;
  private @Nullable StringBuilder text;

  /**
   * Adds what a chunk tells of this choice.
   *
   * @param withText whether the deltas still join on to what came before
   */
  void add(JsonObject chunk, boolean withText) {
    chunk.asMap().forEach((name, value) -> add(name, value, withText));
  }

  boolean isFinished() {
    return Json.text(others, "finish_reason") != null;
  }

  JsonObject toJson(long index) {
    JsonObject choice = new JsonObject();
    choice.addProperty("index", index);
    if (text == null) {
      choice.add("message", messageJson());
    } else {
      choice.addProperty("text", text.toString());
    }
    logprobs.toJson().asMap().forEach(choice::add);
    choice.add("finish_reason", JsonNull.INSTANCE);
    others.asMap().forEach(choice::add);
    return choice;
  }

  private void add(String name, JsonElement value, boolean withText) {
    switch (name) {
      case "index" -> {}
      case "delta" -> {
        if (withText && value instanceof JsonObject delta) {
          addDelta(delta);
        }
      }
      case "text" -> addText(value, withText);
      case "message" -> wholeMessage = value instanceof JsonObject whole ? whole : wholeMessage;
      case "logprobs" -> {
        if (withText) {
          logprobs.merge(name, value);
        }
      }
      default -> Json.keep(others, name, value);
    }
  }

  /** The older completions have no message. */
  private void addText(JsonElement value, boolean withText) {
    text = text == null ? new StringBuilder() : text;
    if (withText && Json.isText(value)) {
      text.append(value.getAsString());
    }
  }

  private void addDelta(JsonObject delta) {
    for (var member : delta.asMap().entrySet()) {
      if (member.getKey().equals("tool_calls")) {
        Json.objects(delta, "tool_calls").forEach(toolCalls::add);
      } else {
        message.merge(member.getKey(), member.getValue());
      }
    }
  }

  /** Servers that send the message so far beside each delta, or instead of deltas, exist. */
  private JsonObject messageJson() {
    if (message.isEmpty() && toolCalls.isEmpty() && wholeMessage != null) {
      return wholeMessage;
    }
    JsonObject json = message.toJson();
    if (!toolCalls.isEmpty()) {
      json.add("tool_calls", toolCalls.toJson());
    }
    return json;
  }
}
