package io.traceforge.pricing;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A value in a price file, which knows its place for the error that says what is wrong with it. */
record JsonValue(String place, JsonElement element) {

  /** Checks that this is an object with no other fields: a misspelt price must not get lost. */
  JsonValue withFields(String... allowed) {
    if (!element.isJsonObject()) {
      throw wrong("an object");
    }
    Set<String> others = new TreeSet<>(element.getAsJsonObject().keySet());
    others.removeAll(Set.of(allowed));
    if (!others.isEmpty()) {
      throw new IllegalArgumentException(
          place + ": expected the fields " + String.join(", ", allowed) + ", got " + others);
    }
    return this;
  }

  JsonValue get(String field) {
    JsonValue value = find(field);
    if (value == null) {
      throw new IllegalArgumentException(place + ": expected a field \"" + field + '"');
    }
    return value;
  }

  @Nullable JsonValue find(String field) {
    JsonElement value = element.getAsJsonObject().get(field);
    String prefix = place.isEmpty() ? "" : place + ".";
    return value == null || value.isJsonNull() ? null : new JsonValue(prefix + field, value);
  }

  <T> @Nullable T find(String field, Function<JsonValue, T> as) {
    JsonValue value = find(field);
    return value == null ? null : as.apply(value);
  }

  /** Returns what a field lists; nothing if it is absent. */
  <T> List<T> list(String field, Function<JsonValue, T> as) {
    JsonValue list = find(field);
    if (list == null) {
      return List.of();
    }
    if (!list.element.isJsonArray()) {
      throw list.wrong("a list");
    }
    List<T> items = new ArrayList<>();
    for (JsonElement item : list.element.getAsJsonArray()) {
      items.add(as.apply(new JsonValue(list.place + '[' + items.size() + ']', item)));
    }
    return items;
  }

  String text() {
    if (element instanceof JsonPrimitive primitive && primitive.isString()) {
      return primitive.getAsString();
    }
    throw wrong("a text");
  }

  /** Returns a number that is not negative, exactly as it is written. */
  BigDecimal amount() {
    if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
      BigDecimal amount = parsed("a number", text -> primitive.getAsBigDecimal());
      if (amount.signum() >= 0) {
        return amount;
      }
    }
    throw wrong("a number that is 0 or more");
  }

  long count() {
    BigDecimal amount = amount();
    return parsed("a whole number", text -> amount.longValueExact());
  }

  <T> T textAs(String expected, Function<String, T> parse) {
    String text = text();
    return parsed(expected, ignored -> parse.apply(text));
  }

  private <T> T parsed(String expected, Function<String, T> parse) {
    try {
      return parse.apply(element.toString());
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException(wrong(expected).getMessage(), malformed);
    }
  }

  private IllegalArgumentException wrong(String expected) {
    String shown = element.toString();
    return new IllegalArgumentException(
        (place.isEmpty() ? "" : place + ": ")
            + "expected "
            + expected
            + ", got "
            + (shown.length() <= 80 ? shown : shown.substring(0, 80) + "..."));
  }
}
