package io.traceforge.protocol;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.traceforge.internal.JsonText;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON that may be anything: what is not of the kind asked for is {@code null} or empty, and
 * nothing is thrown. For implementers of {@link JsonProtocol}.
 */
public final class Json {
  private static final TypeAdapter<JsonElement> ELEMENTS = new Gson().getAdapter(JsonElement.class);

  private Json() {}

  /**
   * Returns the document that a text is, or {@code null} if it is broken, cut or nested absurdly.
   */
  static @Nullable JsonElement parse(String text) {
    // Not JsonParser: it is lenient, and would take [DONE] for an array.
    try (JsonReader in = new JsonReader(new StringReader(text))) {
      JsonElement document = read(in);
      return in.peek() == JsonToken.END_DOCUMENT ? document : null;
    } catch (IOException | JsonParseException | StackOverflowError notJson) {
      return null;
    }
  }

  /** Returns the object that a text is, or {@code null}. */
  static @Nullable JsonObject parseObject(String text) {
    return parse(text) instanceof JsonObject object ? object : null;
  }

  /** Returns the next value of a reader. */
  static JsonElement read(JsonReader in) throws IOException {
    return ELEMENTS.read(in);
  }

  /** Returns an object, or {@code null} if it is absent or anything else. */
  public static @Nullable JsonObject object(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonObject object ? object : null;
  }

  /** Returns those elements of an array that are objects; none if it is no array. */
  public static List<JsonObject> objects(JsonObject parent, String name) {
    return parent.get(name) instanceof JsonArray array
        ? StreamSupport.stream(array.spliterator(), false)
            .filter(JsonElement::isJsonObject)
            .map(JsonElement::getAsJsonObject)
            .toList()
        : List.of();
  }

  /** Returns a text, or {@code null} if it is absent, empty or no text. */
  public static @Nullable String text(JsonObject parent, String name) {
    return isText(parent.get(name)) && !parent.get(name).getAsString().isEmpty()
        ? parent.get(name).getAsString()
        : null;
  }

  /** Returns a whole number that is not negative, or {@code null} if it is anything else. */
  public static @Nullable Long count(JsonObject parent, String name) {
    JsonElement value = parent.get(name);
    if (value == null || !isNumber(value)) {
      return null;
    }
    try {
      long count = value.getAsBigDecimal().longValueExact();
      return count < 0 ? null : count;
    } catch (ArithmeticException | NumberFormatException absurd) {
      return null;
    }
  }

  /**
   * Returns a text, or the texts that the objects of an array have as a member, joined; {@code
   * null} if there is none.
   */
  static @Nullable String joinedText(@Nullable JsonElement value, String member) {
    if (value instanceof JsonArray parts) {
      String joined =
          StreamSupport.stream(parts.spliterator(), false)
              .map(part -> part instanceof JsonObject object ? object.get(member) : part)
              .filter(Json::isText)
              .map(JsonElement::getAsString)
              .collect(Collectors.joining());
      return joined.isEmpty() ? null : joined;
    }
    return value != null && isText(value) && !value.getAsString().isEmpty()
        ? value.getAsString()
        : null;
  }

  /** Returns a text, or an empty one if it is absent or no text. */
  static String textOrEmpty(JsonObject parent, String name) {
    String text = text(parent, name);
    return text == null ? "" : text;
  }

  /** Returns a text as it is, anything else as JSON, and nothing as an empty text. */
  static String textOrJson(@Nullable JsonElement value) {
    if (value == null || value.isJsonNull()) {
      return "";
    }
    return isText(value) ? value.getAsString() : value.toString();
  }

  /** Returns a sum in which what is not known counts nothing, bounded by what a long holds. */
  static long sum(@Nullable Long... counts) {
    long sum = 0;
    for (Long count : counts) {
      sum = count == null ? sum : sum + Math.min(count, Long.MAX_VALUE - sum);
    }
    return sum;
  }

  /** Returns what an error is called that the provider did not name. */
  static String errorType(int status) {
    return status >= 400 ? "http_" + status : "error";
  }

  static boolean isTrue(@Nullable JsonElement value) {
    return value != null
        && value.isJsonPrimitive()
        && value.getAsJsonPrimitive().isBoolean()
        && value.getAsBoolean();
  }

  static boolean isNumber(@Nullable JsonElement value) {
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isNumber();
  }

  static boolean isText(@Nullable JsonElement value) {
    return value != null && value.isJsonPrimitive() && value.getAsJsonPrimitive().isString();
  }

  /** Sets a member, unless that would replace a value by nothing. */
  static void keep(JsonObject into, String name, JsonElement value) {
    if (!isNothing(value) || !into.has(name)) {
      into.add(name, value);
    }
  }

  /** Returns whether a value is null or empty. */
  static boolean isNothing(JsonElement value) {
    return value.isJsonNull()
        || (isText(value) && value.getAsString().isEmpty())
        || (value instanceof JsonArray array && array.isEmpty())
        || (value instanceof JsonObject object && object.isEmpty());
  }

  /** Returns an array of one element. */
  static JsonArray arrayOf(JsonElement only) {
    JsonArray array = new JsonArray();
    array.add(only);
    return array;
  }

  /** Returns a document's text, with surrogates that lack their other half escaped. */
  static String write(JsonElement document) {
    return JsonText.escapeLoneSurrogates(document.toString());
  }
}
