package io.traceforge;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalAmount;
import org.jspecify.annotations.Nullable;

/** Converts what users put into a session's state to JSON, at once and for good. */
final class StateValues {
  /** Gson reads fields, which the JDK closes for its own types: times are written as ISO 8601. */
  private static final JsonSerializer<Object> AS_TEXT =
      (value, type, context) -> new JsonPrimitive(value.toString());

  private static final Gson GSON =
      new GsonBuilder()
          .serializeNulls()
          .disableHtmlEscaping()
          .registerTypeHierarchyAdapter(TemporalAccessor.class, AS_TEXT)
          .registerTypeHierarchyAdapter(TemporalAmount.class, AS_TEXT)
          .create();

  private StateValues() {}

  static JsonElement toJson(String key, @Nullable Object value) {
    try {
      JsonElement json = GSON.toJsonTree(value).deepCopy();
      write(json); // refuses NaN and infinities, which a tree may hold
      requireKept(value, json);
      return json;
    } catch (RuntimeException | StackOverflowError failure) {
      throw new IllegalArgumentException(
          "state key \""
              + key
              + "\": a "
              + (value == null ? "null" : value.getClass().getName())
              + " cannot be written as JSON ("
              + failure
              + "); pass a string, number, boolean, list, map or record",
          failure);
    }
  }

  private static void requireKept(@Nullable Object value, JsonElement json) {
    if (json.isJsonNull() && value != null && !(value instanceof JsonElement)) {
      throw new IllegalArgumentException("its class is local or anonymous");
    }
  }

  static String write(JsonElement json) {
    return JsonText.toUnicode(GSON.toJson(json));
  }
}
