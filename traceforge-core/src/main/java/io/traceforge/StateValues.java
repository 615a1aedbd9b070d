package io.traceforge;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import org.jspecify.annotations.Nullable;

/** Converts what users put into a session's state to JSON, at once and for good. */
final class StateValues {
  private static final Gson GSON =
      new GsonBuilder()
          .serializeNulls()
          .disableHtmlEscaping()
          .registerTypeAdapterFactory(new StateTypes())
          .registerTypeAdapterFactory(new KotlinProperties())
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
    if (json.isJsonNull()
        && value != null
        && !(value instanceof JsonElement)
        && !StateTypes.isOptional(value)) {
      throw new IllegalArgumentException("its class is local or anonymous");
    }
  }

  static String write(JsonElement json) {
    return JsonText.toUnicode(GSON.toJson(json));
  }
}
