package io.traceforge.trace;

import com.google.gson.JsonParseException;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import io.traceforge.internal.JsonText;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * How a body stands in a trace's JSON. A body of JSON on one line stands as it is in the member
 * that other tools look for, a text as text, and what is neither in base64.
 */
final class BodyForm {
  /** Readers of JSON refuse what is deeper than some hundreds. */
  private static final int DEEPEST = 150;

  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final TraceBody body;
  private final String text;
  private final boolean isText;
  private final boolean isJson;

  private BodyForm(TraceBody body) {
    this.body = body;
    byte[] bytes = body.bytes();
    text = new String(bytes, StandardCharsets.UTF_8);
    isText = Arrays.equals(bytes, text.getBytes(StandardCharsets.UTF_8));
    isJson = isText && !body.isTruncated() && isJson(text);
  }

  static @Nullable BodyForm of(@Nullable TraceBody body) {
    return body == null ? null : new BodyForm(body);
  }

  /** Returns the JSON that other tools find, or null if the body is none. */
  @Nullable String json() {
    return isInline() ? text : isJson ? onOneLine(text) : null;
  }

  /** Returns whether the JSON that other tools find is the body to the byte. */
  private boolean isInline() {
    return isJson && isOnOneLine(text);
  }

  private static boolean isOnOneLine(String json) {
    return json.equals(json.strip()) && json.chars().allMatch(c -> c >= ' ');
  }

  /** Returns JSON without line breaks: in its strings they are escapes. */
  private static String onOneLine(String json) {
    return json.strip().replaceAll("[\r\n\t]+", " ");
  }

  /** Returns a state as other tools find it: JSON on one line, empty if it is no JSON object. */
  static String ofState(String state) {
    return state.strip().startsWith("{") && isJson(state) ? onOneLine(state) : "{}";
  }

  /** Returns whether other tools find a state to the byte. */
  static boolean isStateInline(String state) {
    return ofState(state).equals(state) && JsonText.escapeLoneSurrogates(state).equals(state);
  }

  /**
   * Writes what is to be known beside the JSON, or instead of it.
   *
   * @param elsewhere whether other tools find another body's JSON
   */
  void write(JsonWriter out, boolean elsewhere) throws IOException {
    out.beginObject();
    if (body.mediaType() != null) {
      out.name("media_type").value(body.mediaType());
    }
    out.name("size").value(body.size());
    if (body.headLength() != body.size()) {
      out.name("head_length").value(body.headLength());
    }
    if (!isText) {
      out.name("base64").value(Base64.getEncoder().encodeToString(body.bytes()));
    } else if (elsewhere || !isInline()) {
      out.name("text").value(text);
    }
    out.endObject();
  }

  /**
   * Reads a body.
   *
   * @param form what {@link #write} wrote
   * @param json the JSON that other tools find
   */
  static TraceBody read(Members form, @Nullable String json) {
    byte[] bytes = bytes(form, json);
    String mediaType = form.text("media_type");
    Long head = form.count("head_length");
    return head == null
        ? TraceBody.of(bytes, mediaType)
        : TraceBody.truncated(bytes, head.intValue(), form.needCount("size"), mediaType);
  }

  private static byte[] bytes(Members form, @Nullable String json) {
    String base64 = form.text("base64");
    if (base64 != null) {
      return Base64.getDecoder().decode(base64);
    }
    String text = form.text("text");
    String kept = text == null ? json : text;
    if (kept == null) {
      throw form.wrong("text", "expected it, or base64, or JSON on one line outside of http");
    }
    return kept.getBytes(StandardCharsets.UTF_8);
  }

  /** Strictly, as other tools read. */
  private static boolean isJson(String text) {
    if (text.startsWith(BYTE_ORDER_MARK)) { // the reader would pass over it
      return false;
    }
    try (JsonReader in = new JsonReader(new StringReader(text))) {
      in.setStrictness(Strictness.STRICT);
      in.setNestingLimit(DEEPEST);
      in.skipValue();
      return in.peek() == JsonToken.END_DOCUMENT;
    } catch (IOException | JsonParseException | IllegalStateException notJson) {
      return false;
    }
  }
}
