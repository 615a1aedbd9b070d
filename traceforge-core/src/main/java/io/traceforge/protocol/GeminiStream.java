package io.traceforge.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the pieces of a streamed Gemini answer amount to. Each piece is a whole response: parts are
 * put one after the other, texts joined, and of everything else the last value stands.
 */
final class GeminiStream extends StreamedResponse {
  private static final String USAGE = "usageMetadata";
  private static final Set<String> TEXT_MEMBERS = Set.of("text", "thought");

  private final JsonObject root = new JsonObject();
  private final SortedMap<Long, Candidate> candidates = new TreeMap<>();

  private static final class Candidate {
    final JsonObject others = new JsonObject();
    final JsonObject content = new JsonObject();
    final List<JsonObject> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    void addPart(JsonObject part) {
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
    void settleText() {
      if (!text.isEmpty()) {
        parts.get(parts.size() - 1).addProperty("text", text.toString());
        text.setLength(0);
      }
    }

    private static boolean isText(JsonObject part) {
      return TEXT_MEMBERS.containsAll(part.keySet()) && part.has("text");
    }

    private static boolean sameKind(JsonObject a, JsonObject b) {
      return GeminiProtocol.isThought(a) == GeminiProtocol.isThought(b);
    }

    JsonObject toJson() {
      settleText();
      JsonArray array = new JsonArray();
      parts.forEach(array::add);
      content.add("parts", array);
      JsonObject json = new JsonObject();
      json.add("content", content);
      others.asMap().forEach(json::add);
      return json;
    }
  }

  @Override
  protected void add(StreamEvent event) {
    JsonObject piece = event.json();
    if (piece == null) {
      return;
    }
    piece.asMap().forEach((name, value) -> Json.keep(root, name, value));
    for (JsonObject candidate : Json.objects(piece, "candidates")) {
      Long index = Json.count(candidate, "index");
      addTo(
          candidates.computeIfAbsent(index == null ? 0 : index, unknown -> new Candidate()),
          candidate,
          event);
    }
  }

  private void addTo(Candidate candidate, JsonObject piece, StreamEvent event) {
    for (var member : piece.asMap().entrySet()) {
      JsonElement value = member.getValue();
      if (!member.getKey().equals("content")) {
        Json.keep(candidate.others, member.getKey(), value);
      } else if (value instanceof JsonObject content) {
        addContent(candidate, content, event);
      }
    }
    if (Json.text(piece, "finishReason") != null) {
      endSeen();
    }
  }

  private void addContent(Candidate candidate, JsonObject content, StreamEvent event) {
    content.asMap().entrySet().stream()
        .filter(member -> !member.getKey().equals("parts"))
        .forEach(member -> Json.keep(candidate.content, member.getKey(), member.getValue()));
    if (event.afterGap()) {
      return;
    }
    for (JsonObject part : Json.objects(content, "parts")) {
      candidate.addPart(part);
      if (!(part.has("text") && Json.text(part, "text") == null)) {
        contentIn(event);
      }
    }
  }

  @Override
  protected @Nullable JsonObject assembled() {
    if (root.isEmpty()) {
      return null;
    }
    JsonObject usage = Json.object(root, USAGE);
    if (usage != null && !isComplete()) {
      // Counted up to some piece in the middle.
      List.of("candidatesTokenCount", "thoughtsTokenCount", "totalTokenCount")
          .forEach(usage::remove);
    }
    if (!candidates.isEmpty()) {
      JsonArray all = new JsonArray();
      candidates.values().forEach(candidate -> all.add(candidate.toJson()));
      root.add("candidates", all);
    }
    return root;
  }
}
