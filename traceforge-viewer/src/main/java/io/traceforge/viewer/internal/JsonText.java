package io.traceforge.viewer.internal;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON into a text; members without a value are left out. Halves of a surrogate pair that
 * stand alone are escaped, as UTF-8 has no form for them.
 */
public final class JsonText {
  /** Surrogates in a pair are one character, of another category. */
  private static final Pattern LONE_SURROGATE = Pattern.compile("\\p{Cs}");

  private final StringWriter text = new StringWriter();
  private final JsonWriter out = new JsonWriter(text);

  /** Begins with nothing written. */
  public JsonText() {
    out.setSerializeNulls(false);
    out.setHtmlSafe(false);
  }

  private interface Step {
    void write(JsonWriter out) throws IOException;
  }

  private JsonText then(Step step) {
    try {
      step.write(out);
      return this;
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Begins an object. */
  public JsonText beginObject() {
    return then(JsonWriter::beginObject);
  }

  /** Ends an object. */
  public JsonText endObject() {
    return then(JsonWriter::endObject);
  }

  /** Begins an array. */
  public JsonText beginArray() {
    return then(JsonWriter::beginArray);
  }

  /** Ends an array. */
  public JsonText endArray() {
    return then(JsonWriter::endArray);
  }

  /** Writes the name of a member whose value follows. */
  public JsonText name(String name) {
    return then(json -> json.name(name));
  }

  /** Writes a value that is JSON already. */
  public JsonText raw(String json) {
    return then(writer -> writer.jsonValue(json));
  }

  /** Writes a number as a value. */
  public JsonText value(long number) {
    return then(json -> json.value(number));
  }

  /** Writes a text as a value. */
  public JsonText value(String value) {
    return then(json -> json.value(value));
  }

  /** Writes a member, unless it has no value. */
  public JsonText member(String name, @Nullable String value) {
    return then(json -> json.name(name).value(value));
  }

  /** Writes a member, unless it has no value. */
  public JsonText member(String name, @Nullable Number value) {
    return then(json -> json.name(name).value(value));
  }

  /** Writes a member. */
  public JsonText member(String name, boolean value) {
    return then(json -> json.name(name).value(value));
  }

  /** Returns what was written. */
  @Override
  public String toString() {
    return LONE_SURROGATE
        .matcher(text.toString())
        .replaceAll(lone -> "\\\\u" + Integer.toHexString(lone.group().charAt(0)));
  }
}
