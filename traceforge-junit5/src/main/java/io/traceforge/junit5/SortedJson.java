package io.traceforge.junit5;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.TreeMap;

/** Puts the members of objects in the order of their names, which a map's may not have twice. */
final class SortedJson {
  private SortedJson() {}

  static String of(String json) {
    return sorted(JsonParser.parseString(json)).toString();
  }

  private static JsonElement sorted(JsonElement value) {
    if (value instanceof JsonObject object) {
      JsonObject sorted = new JsonObject();
      new TreeMap<>(object.asMap()).forEach((name, member) -> sorted.add(name, sorted(member)));
      return sorted;
    }
    if (value instanceof JsonArray array) {
      JsonArray sorted = new JsonArray(array.size());
      array.forEach(element -> sorted.add(sorted(element)));
      return sorted;
    }
    return value;
  }
}
