package io.traceforge.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the pieces of a streamed Gemini answer amount to. Each piece is a whole response: parts are
 * put one after the other, texts joined, and of nearly everything else the last value stands.
 */
final class GeminiStream extends StreamedResponse {
  private static final String CANDIDATES = "candidates";

  private final JsonObject root = new JsonObject();
  private final SortedMap<Long, GeminiCandidate> candidates = new TreeMap<>();

  @Override
  protected void add(StreamEvent event) {
    JsonObject piece = event.json();
    if (piece == null) {
      return;
    }
    piece.asMap().forEach((name, value) -> Json.keep(root, name, value));
    for (JsonObject candidate : Json.objects(piece, CANDIDATES)) {
      Long index = Json.count(candidate, "index");
      candidates
          .computeIfAbsent(index == null ? 0 : index, unknown -> new GeminiCandidate())
          .add(candidate, !event.afterGap());
      if (carriesContent(candidate)) {
        contentIn(event);
      }
    }
    noteEnd();
  }

  /** There is no event for the end: it is where every candidate, or the prompt, was finished. */
  private void noteEnd() {
    JsonObject feedback = Json.object(root, "promptFeedback");
    boolean blocked = feedback != null && Json.text(feedback, "blockReason") != null;
    if (candidates.isEmpty()
        ? blocked
        : candidates.values().stream().allMatch(GeminiCandidate::isFinished)) {
      endSeen();
    }
  }

  private static boolean carriesContent(JsonObject candidate) {
    JsonObject content = Json.object(candidate, "content");
    return content != null
        && Json.objects(content, "parts").stream()
            .anyMatch(part -> !part.has("text") || Json.text(part, "text") != null);
  }

  @Override
  protected @Nullable JsonObject assembled() {
    if (root.isEmpty()) {
      return null;
    }
    JsonObject usage = Json.object(root, "usageMetadata");
    if (usage != null && !isComplete()) {
      // Counted up to some piece in the middle.
      List.of("candidatesTokenCount", "thoughtsTokenCount", "totalTokenCount")
          .forEach(usage::remove);
    }
    if (!candidates.isEmpty()) {
      JsonArray all = new JsonArray();
      candidates.values().forEach(candidate -> all.add(candidate.toJson()));
      root.add(CANDIDATES, all);
    }
    return root;
  }
}
