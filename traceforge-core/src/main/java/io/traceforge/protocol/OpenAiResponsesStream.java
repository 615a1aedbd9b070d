package io.traceforge.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the events of a streamed response amount to. The last event holds the whole response; of a
 * stream that was cut before, its items are put together from what had come of them.
 */
final class OpenAiResponsesStream extends StreamedResponse {
  private static final Set<String> LAST =
      Set.of("response.completed", "response.failed", "response.incomplete", "response.cancelled");

  private final JsonObject root = new JsonObject();
  private final SortedMap<Long, OpenAiResponsesItem> items = new TreeMap<>();
  private boolean whole;

  @Override
  protected void add(StreamEvent event) {
    JsonObject data = event.json();
    if (data == null) {
      return;
    }
    String told = Json.text(data, "type");
    String type = told == null ? event.name() : told;
    JsonObject response = Json.object(data, "response");
    if (response != null) {
      take(response, LAST.contains(type));
    } else if (type.equals("error")) {
      addError(data);
    } else if (event.afterGap()) {
      takeEndOfResponse(Json.object(data, JsonTail.NAMELESS));
    } else {
      addToItem(event, type, data);
    }
  }

  /**
   * The last event holds the whole answer again, and its start may be lost. It is known by its
   * usage, which no response before it has; how the response ended is not known then.
   */
  private void takeEndOfResponse(@Nullable JsonObject response) {
    if (response != null && Json.object(response, "usage") != null) {
      root.remove("status");
      response.asMap().forEach((name, value) -> Json.keep(root, name, value));
      endSeen();
    }
  }

  private void take(JsonObject response, boolean last) {
    response.asMap().forEach(last ? root::add : (name, value) -> Json.keep(root, name, value));
    whole = last && !Json.objects(response, "output").isEmpty();
    if (last) {
      endSeen();
    }
  }

  private void addError(JsonObject data) {
    JsonElement nested = data.get("error");
    root.add("error", nested instanceof JsonObject ? nested : data);
  }

  private void addToItem(StreamEvent event, String type, JsonObject data) {
    Long index = Json.count(data, "output_index");
    if (index == null) {
      return;
    }
    OpenAiResponsesItem item = items.computeIfAbsent(index, unknown -> new OpenAiResponsesItem());
    item.add(type, data);
    if (type.endsWith(".delta")) {
      contentIn(event);
    }
  }

  @Override
  protected @Nullable JsonObject assembled() {
    if (root.isEmpty() && items.isEmpty()) {
      return null;
    }
    if (!whole && !items.isEmpty()) {
      JsonArray output = new JsonArray();
      items.values().forEach(item -> output.add(item.toJson()));
      root.add("output", output);
    }
    return root;
  }
}
