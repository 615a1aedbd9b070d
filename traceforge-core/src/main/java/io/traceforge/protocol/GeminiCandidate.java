package io.traceforge.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * One candidate of a streamed Gemini answer, put together in the shape it has without streaming.
 */
final class GeminiCandidate {
  private static final Set<String> TEXT_MEMBERS = Set.of("text", "thought");

  /** Members of which each piece tells its own share. */
  private static final Set<String> SHARED = Set.of("logprobsResult", "citationMetadata");

  private final JsonObject content = new JsonObject();
  private final JsonObject others = new JsonObject();
  private final MergedJson shared = new MergedJson();
  private final List<JsonObject> parts = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();

  /**
   * Adds what a piece tells of this candidate.
   *
   * @param withParts whether the parts still join on to what came before
   */
  void add(JsonObject piece, boolean withParts) {
    for (var member : piece.asMap().entrySet()) {
      JsonElement value = member.getValue();
      if (member.getKey().equals("content") && value instanceof JsonObject more) {
        addContent(more, withParts);
      } else if (SHARED.contains(member.getKey())) {
        shared.merge(member.getKey(), value);
      } else {
        Json.keep(others, member.getKey(), value);
      }
    }
  }

  boolean isFinished() {
    return Json.text(others, "finishReason") != null;
  }

  JsonObject toJson() {
    settleText();
    JsonArray array = new JsonArray();
    parts.forEach(array::add);
    content.add("parts", array);
    JsonObject json = new JsonObject();
    json.add("content", content);
    others.asMap().forEach(json::add);
    shared.toJson().asMap().forEach(json::add);
    return json;
  }

  private void addContent(JsonObject more, boolean withParts) {
    more.asMap().entrySet().stream()
        .filter(member -> !member.getKey().equals("parts"))
        .forEach(member -> Json.keep(content, member.getKey(), member.getValue()));
    if (withParts) {
      Json.objects(more, "parts").forEach(this::addPart);
    }
  }

  private void addPart(JsonObject part) {
    JsonObject last = parts.isEmpty() ? null : parts.get(parts.size() - 1);
    if (last != null && isText(last) && isText(part) && sameKind(last, part)) {
      text.append(Json.textOrEmpty(part, "text"));
    } else {
      settleText();
      parts.add(part);
      text.append(isText(part) ? Json.textOrEmpty(part, "text") : "");
    }
  }

  /** Texts are put into their part once all have come: joining at each would cost a square. */
  private void settleText() {
    if (!text.isEmpty()) {
      parts.get(parts.size() - 1).addProperty("text", text.toString());
      text.setLength(0);
    }
  }

  private static boolean isText(JsonObject part) {
    return part.has("text") && TEXT_MEMBERS.containsAll(part.keySet());
  }

  private static boolean sameKind(JsonObject a, JsonObject b) {
    return GeminiProtocol.isThought(a) == GeminiProtocol.isThought(b);
  }
}
