package io.traceforge.trace;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import io.traceforge.internal.JsonText;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** The members of a JSON object, asked for by name and kind. What is null is absent. */
final class Members {
  private final String path;
  private final JsonObject object;

  Members(String path, JsonObject object) {
    this.path = path;
    this.object = object;
  }

  @Nullable String text(String name) {
    JsonElement value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonPrimitive text && text.isString()) {
      return text.getAsString();
    }
    throw wrong(name, "expected a text");
  }

  String needText(String name) {
    return need(name, text(name));
  }

  @Nullable Long count(String name) {
    JsonElement value = value(name);
    if (value == null) {
      return null;
    }
    try {
      if (value instanceof JsonPrimitive number && number.isNumber()) {
        return number.getAsBigDecimal().longValueExact();
      }
    } catch (ArithmeticException | NumberFormatException notWhole) {
      throw wrong(name, "expected a whole number, got " + value);
    }
    throw wrong(name, "expected a number");
  }

  long needCount(String name) {
    return need(name, count(name));
  }

  long count(String name, long otherwise) {
    Long count = count(name);
    return count == null ? otherwise : count;
  }

  int number(String name, int otherwise) {
    Long count = count(name);
    if (count != null && count.intValue() != count) {
      throw wrong(name, "expected a smaller number, got " + count);
    }
    return count == null ? otherwise : count.intValue();
  }

  @Nullable Instant time(String name) {
    String text = text(name);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeParseException notATime) {
      throw wrong(name, "expected a time as in 2026-05-01T12:00:00Z, got " + text);
    }
  }

  Instant needTime(String name) {
    return need(name, time(name));
  }

  @Nullable Members object(String name) {
    JsonElement value = value(name);
    if (value == null) {
      return null;
    }
    if (value instanceof JsonObject members) {
      return new Members(path + name + ".", members);
    }
    throw wrong(name, "expected an object");
  }

  /** Returns the text of an object, or null if it is absent. */
  @Nullable String objectText(String name) {
    return object(name) == null
        ? null
        : JsonText.escapeLoneSurrogates(String.valueOf(object.get(name)));
  }

  /** Returns an object's members, none if it is absent. */
  Members objectOrNone(String name) {
    Members members = object(name);
    return members == null ? new Members(path + name + ".", new JsonObject()) : members;
  }

  /** Returns the elements of an array, none if it is absent. */
  List<JsonElement> array(String name) {
    JsonElement value = value(name);
    if (value == null) {
      return List.of();
    }
    if (value instanceof JsonArray array) {
      return StreamSupport.stream(array.spliterator(), false).toList();
    }
    throw wrong(name, "expected an array");
  }

  List<String> texts(String name) {
    return array(name).stream()
        .map(
            element -> {
              if (element instanceof JsonPrimitive text && text.isString()) {
                return text.getAsString();
              }
              throw wrong(name, "expected texts");
            })
        .toList();
  }

  /** Returns a constant by its name in lower case. */
  <E extends Enum<E>> E constant(String name, Class<E> type) {
    String text = needText(name);
    for (E constant : type.getEnumConstants()) {
      if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
        return constant;
      }
    }
    throw wrong(name, "expected one of " + List.of(type.getEnumConstants()) + " in lower case");
  }

  IllegalArgumentException wrong(String name, String what) {
    return new IllegalArgumentException(path + name + ": " + what);
  }

  private @Nullable JsonElement value(String name) {
    JsonElement value = object.get(name);
    return value == null || value.isJsonNull() ? null : value;
  }

  private <T> T need(String name, @Nullable T value) {
    if (value == null) {
      throw wrong(name, "expected it, got nothing");
    }
    return value;
  }
}
