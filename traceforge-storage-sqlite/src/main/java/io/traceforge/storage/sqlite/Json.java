package io.traceforge.storage.sqlite;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.ToolCall;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Lists as JSON, so that SQLite's JSON functions can look into them. */
final class Json {
  private Json() {}

  static String ofStrings(Collection<String> strings) {
    JsonArray array = new JsonArray(strings.size());
    strings.forEach(array::add);
    return text(array);
  }

  /** Returns a string as it stands in a list. */
  static String ofString(String string) {
    return text(new JsonPrimitive(string));
  }

  static List<String> toStrings(String json) {
    return elements(json).map(JsonElement::getAsString).toList();
  }

  /** Returns headers as pairs of name and value: names may repeat, and their order counts. */
  static String ofHeaders(HttpHeaders headers) {
    JsonArray array = new JsonArray(headers.fields().size());
    for (HttpHeaders.Field field : headers.fields()) {
      JsonArray pair = new JsonArray(2);
      pair.add(field.name());
      pair.add(field.value());
      array.add(pair);
    }
    return text(array);
  }

  static HttpHeaders toHeaders(String json) {
    return HttpHeaders.of(
        elements(json)
            .map(JsonElement::getAsJsonArray)
            .map(
                pair -> new HttpHeaders.Field(pair.get(0).getAsString(), pair.get(1).getAsString()))
            .toList());
  }

  static String ofToolCalls(List<ToolCall> calls) {
    JsonArray array = new JsonArray(calls.size());
    for (ToolCall call : calls) {
      JsonObject object = new JsonObject();
      object.add("id", call.id() == null ? JsonNull.INSTANCE : new JsonPrimitive(call.id()));
      object.addProperty("name", call.name());
      object.addProperty("arguments", call.arguments());
      array.add(object);
    }
    return text(array);
  }

  static List<ToolCall> toToolCalls(String json) {
    return elements(json).map(JsonElement::getAsJsonObject).map(Json::toToolCall).toList();
  }

  private static ToolCall toToolCall(JsonObject object) {
    JsonElement id = object.get("id");
    return ToolCall.of(
        id.isJsonNull() ? null : id.getAsString(),
        object.get("name").getAsString(),
        object.get("arguments").getAsString());
  }

  private static String text(JsonElement json) {
    return Text.escapeLoneSurrogates(json.toString());
  }

  private static Stream<JsonElement> elements(String json) {
    return StreamSupport.stream(JsonParser.parseString(json).getAsJsonArray().spliterator(), false);
  }
}
