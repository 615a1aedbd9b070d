package io.traceforge.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the events of a streamed message amount to. */
final class AnthropicStream extends StreamedResponse {
  private static final String USAGE = "usage";

  /** Where a delta's text goes is not always named as the delta is. */
  private static final String PARTIAL_JSON = "partial_json";

  private static final Set<String> ABOUT_DELTA = Set.of("type", PARTIAL_JSON, "citation");

  private final JsonObject root = new JsonObject();
  private final SortedMap<Long, Block> blocks = new TreeMap<>();
  private boolean usageIsFinal;

  private static final class Block {
    final MergedJson members = new MergedJson();
    final StringBuilder input = new StringBuilder();

    JsonObject toJson() {
      JsonObject json = members.toJson();
      if (!input.isEmpty()) {
        JsonElement parsed = Json.parse(input.toString());
        if (parsed == null) {
          json.addProperty("input", input.toString()); // cut short
        } else {
          json.add("input", parsed);
        }
      }
      return json;
    }
  }

  @Override
  protected void add(StreamEvent event) {
    JsonObject data = event.json();
    if (data == null) {
      return;
    }
    String type = Json.text(data, "type");
    switch (type == null ? event.name() : type) {
      case "message_start" -> begin(Json.object(data, "message"));
      case "content_block_start" -> beginBlock(event, data);
      case "content_block_delta" -> addDelta(event, data);
      case "message_delta" -> addToMessage(data);
      case "message_stop" -> endSeen();
      case "error" -> root.add("error", data.has("error") ? data.get("error") : data);
      default -> {
        // ping, content_block_stop, and what is still to be invented; or, its start being lost, the
        // only event that has usage of its own
        if (event.afterGap() && type == null && data.has(USAGE)) {
          addToMessage(data);
        }
      }
    }
  }

  private void begin(@Nullable JsonObject message) {
    if (message != null) {
      message.asMap().forEach((name, value) -> Json.keep(root, name, value));
    }
  }

  private void beginBlock(StreamEvent event, JsonObject data) {
    JsonObject start = Json.object(data, "content_block");
    if (start != null && !event.afterGap()) {
      block(data).members.merge(start);
      if (Json.text(start, "name") != null || Json.text(start, "text") != null) {
        contentIn(event);
      }
    }
  }

  private void addDelta(StreamEvent event, JsonObject data) {
    JsonObject delta = Json.object(data, "delta");
    if (delta == null || event.afterGap()) {
      return;
    }
    Block block = block(data);
    String partialJson = Json.text(delta, PARTIAL_JSON);
    if (partialJson != null) {
      block.input.append(partialJson);
    }
    if (delta.has("citation")) {
      block.members.merge("citations", Json.arrayOf(delta.get("citation")));
    }
    delta.asMap().entrySet().stream()
        .filter(member -> !ABOUT_DELTA.contains(member.getKey()))
        .forEach(member -> block.members.merge(member.getKey(), member.getValue()));
    contentIn(event);
  }

  private Block block(JsonObject data) {
    Long index = Json.count(data, "index");
    return blocks.computeIfAbsent(index == null ? 0 : index, unknown -> new Block());
  }

  /** Usage is told anew, not added to: a member that is there replaces the one from the start. */
  private void addToMessage(JsonObject data) {
    JsonObject delta = Json.object(data, "delta");
    if (delta != null) {
      delta.asMap().forEach((name, value) -> Json.keep(root, name, value));
    }
    JsonObject more = Json.object(data, USAGE);
    if (more != null) {
      usageIsFinal = true;
      JsonObject usage = Json.object(root, USAGE);
      JsonObject all = usage == null ? new JsonObject() : usage;
      more.asMap().forEach((name, value) -> Json.keep(all, name, value));
      root.add(USAGE, all);
    }
  }

  @Override
  protected @Nullable JsonObject assembled() {
    if (root.isEmpty() && blocks.isEmpty()) {
      return null;
    }
    JsonObject usage = Json.object(root, USAGE);
    if (usage != null && !usageIsFinal) {
      usage.remove("output_tokens"); // at the start it counts next to nothing
    }
    if (root.has("content") || !blocks.isEmpty()) {
      JsonArray content = new JsonArray();
      blocks.values().forEach(block -> content.add(block.toJson()));
      root.add("content", content);
    }
    return root;
  }
}
