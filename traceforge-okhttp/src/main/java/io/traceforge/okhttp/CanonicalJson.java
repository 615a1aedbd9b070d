package io.traceforge.okhttp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;

/** Writes JSON that is the same for documents that say the same. */
final class CanonicalJson {
  private final StringBuilder text = new StringBuilder();

  private CanonicalJson() {}

  /** Returns a document with members sorted, numbers by their value, and no white space. */
  static String of(JsonElement document) {
    CanonicalJson canonical = new CanonicalJson();
    canonical.write(document);
    return canonical.text.toString();
  }

  private void write(JsonElement value) {
    if (value instanceof JsonObject object) {
      writeObject(object);
    } else if (value instanceof JsonArray array) {
      writeArray(array);
    } else {
      text.append(
          value instanceof JsonPrimitive primitive && primitive.isNumber()
              ? number(primitive)
              : value.toString());
    }
  }

  private void writeObject(JsonObject object) {
    String separator = "{";
    for (Map.Entry<String, JsonElement> member : new TreeMap<>(object.asMap()).entrySet()) {
      text.append(separator).append(new JsonPrimitive(member.getKey())).append(':');
      write(member.getValue());
      separator = ",";
    }
    text.append(object.isEmpty() ? "{}" : "}");
  }

  private void writeArray(JsonArray array) {
    String separator = "[";
    for (JsonElement element : array) {
      text.append(separator);
      write(element);
      separator = ",";
    }
    text.append(array.isEmpty() ? "[]" : "]");
  }

  private static String number(JsonPrimitive number) {
    try {
      return new BigDecimal(number.getAsString()).stripTrailingZeros().toString();
    } catch (ArithmeticException | NumberFormatException absurd) {
      return number.getAsString();
    }
  }
}
