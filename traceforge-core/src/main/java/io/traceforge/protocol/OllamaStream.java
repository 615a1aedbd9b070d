package io.traceforge.protocol;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the lines of a streamed Ollama answer amount to: texts joined, the last line's figures. */
final class OllamaStream extends StreamedResponse {
  private static final String MESSAGE = "message";
  private static final Set<String> JOINED = Set.of("response", "thinking", "logprobs");

  private final JsonObject root = new JsonObject();
  private final MergedJson message = new MergedJson();
  private final MergedJson joined = new MergedJson();

  @Override
  protected void add(StreamEvent event) {
    JsonObject line = event.json();
    if (line == null) {
      return;
    }
    line.asMap().forEach((name, value) -> add(event, name, value));
    if (Json.isTrue(line.get("done"))) {
      endSeen();
    }
  }

  private void add(StreamEvent event, String name, JsonElement value) {
    if (name.equals(MESSAGE) && value instanceof JsonObject delta) {
      root.add(MESSAGE, delta); // keeps the place
      if (!event.afterGap()) {
        message.merge(delta);
        noteContent(event, delta);
      }
    } else if (JOINED.contains(name)) {
      root.add(name, value); // keeps the place
      if (!event.afterGap()) {
        joined.merge(name, value);
        noteContent(event, root);
      }
    } else {
      Json.keep(root, name, value);
    }
  }

  private void noteContent(StreamEvent event, JsonObject line) {
    boolean content =
        Json.text(line, "content") != null
            || Json.text(line, "thinking") != null
            || Json.text(line, "response") != null
            || line.has("tool_calls");
    if (content) {
      contentIn(event);
    }
  }

  @Override
  protected @Nullable JsonObject assembled() {
    if (root.isEmpty()) {
      return null;
    }
    if (root.has(MESSAGE)) {
      root.add(MESSAGE, message.toJson());
    }
    joined.toJson().asMap().forEach(root::add);
    return root;
  }
}
