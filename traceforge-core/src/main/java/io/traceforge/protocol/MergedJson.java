package io.traceforge.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object put together from deltas, unknown members included: texts are joined, arrays
 * appended, objects merged member by member, and of everything else the last value stands.
 */
final class MergedJson {
  /** Members that tell which thing this is. Servers send them once or with every delta. */
  private static final Set<String> IDENTITY = Set.of("id", "type", "role");

  /** Texts as StringBuilder, objects as MergedJson, everything else as JsonElement. */
  private final Map<String, Object> members = new LinkedHashMap<>();

  void merge(JsonObject delta) {
    delta.asMap().forEach(this::merge);
  }

  void merge(String name, JsonElement more) {
    members.put(name, merged(name, members.get(name), more));
  }

  boolean isEmpty() {
    return members.isEmpty();
  }

  JsonObject toJson() {
    JsonObject json = new JsonObject();
    members.forEach((name, value) -> json.add(name, toJson(value)));
    return json;
  }

  private static Object merged(String name, @Nullable Object old, JsonElement more) {
    if (old == null || old instanceof JsonNull) {
      return begin(name, more);
    }
    if (more.isJsonNull()) {
      return old;
    }
    if (old instanceof StringBuilder text && Json.isText(more)) {
      return join(name, text, more.getAsString());
    }
    if (old instanceof MergedJson object && more instanceof JsonObject members) {
      object.merge(members);
      return object;
    }
    if (old instanceof JsonArray array) {
      return append(array, more);
    }
    // A content that was text may become an array of parts: keep both.
    return old instanceof StringBuilder text && more instanceof JsonArray array
        ? append(arrayOf(text), array)
        : begin(name, more);
  }

  private static Object begin(String name, JsonElement first) {
    if (first instanceof JsonObject members) {
      MergedJson object = new MergedJson();
      object.merge(members);
      return object;
    }
    return Json.isText(first) ? join(name, new StringBuilder(), first.getAsString()) : first;
  }

  private static StringBuilder join(String name, StringBuilder text, String more) {
    boolean isRepeated = name.equals("name") && more.contentEquals(text);
    boolean isKnown = IDENTITY.contains(name) && !text.isEmpty();
    return isRepeated || isKnown ? text : text.append(more);
  }

  private static JsonArray arrayOf(StringBuilder text) {
    JsonArray array = new JsonArray();
    if (!text.isEmpty()) {
      array.add(text.toString());
    }
    return array;
  }

  private static JsonArray append(JsonArray array, JsonElement more) {
    if (more instanceof JsonArray others) {
      array.addAll(others);
    } else {
      array.add(more);
    }
    return array;
  }

  private static JsonElement toJson(Object value) {
    if (value instanceof MergedJson object) {
      return object.toJson();
    }
    return value instanceof JsonElement element ? element : new JsonPrimitive(value.toString());
  }
}
