package io.traceforge.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The tool calls of a streamed message, each put together from the deltas that bear its index. */
final class StreamedToolCalls {
  private static final Long NO_INDEX = -1L;

  private final List<MergedJson> calls = new ArrayList<>();
  private final Map<Long, Latest> latestByIndex = new HashMap<>();

  private record Latest(@Nullable String id, MergedJson call) {}

  void add(JsonObject delta) {
    MergedJson call = callOf(delta);
    delta.asMap().entrySet().stream()
        .filter(member -> !member.getKey().equals("index"))
        .forEach(member -> call.merge(member.getKey(), member.getValue()));
  }

  boolean isEmpty() {
    return calls.isEmpty();
  }

  JsonArray toJson() {
    JsonArray json = new JsonArray();
    calls.forEach(call -> json.add(call.toJson()));
    return json;
  }

  private MergedJson callOf(JsonObject delta) {
    Long told = Json.count(delta, "index");
    Long index = told == null ? NO_INDEX : told;
    Latest latest = latestByIndex.get(index);
    if (latest == null || beginsAnother(latest, delta)) {
      latest = new Latest(Json.text(delta, "id"), new MergedJson());
      latestByIndex.put(index, latest);
      calls.add(latest.call);
    }
    return latest.call;
  }

  /**
   * Some compatible servers leave the index out or give every call the same: then a new id tells a
   * new call, if a name comes with it. An id alone does not, as others send a new one with each
   * delta.
   */
  private static boolean beginsAnother(Latest latest, JsonObject delta) {
    String id = Json.text(delta, "id");
    JsonObject function = Json.object(delta, "function");
    return id != null
        && !id.equals(latest.id)
        && function != null
        && Json.text(function, "name") != null;
  }
}
