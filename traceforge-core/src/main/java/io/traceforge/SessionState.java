package io.traceforge;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session's state at one moment: a JSON object that nobody changes any more. */
final class SessionState {
  static final int MAX_BYTES = 10_240;

  /** Servers cap their request headers, some at 16 KB for all fields together. */
  static final int MAX_HEADER_LENGTH = 12 * 1024;

  static final SessionState EMPTY = new SessionState(new JsonObject(), "{}");

  private static final Logger logger = LoggerFactory.getLogger(SessionTracker.class);

  private static volatile boolean warned;

  private final JsonObject json;
  private final String text;

  /** Asked for at each hop of each call; null as long as nobody has. */
  private volatile @Nullable String ascii;

  private SessionState(JsonObject json, String text) {
    this.json = json;
    this.text = text;
  }

  /** Returns the state that a text holds, or null if it holds none that is allowed. */
  static @Nullable SessionState parse(String text) {
    try {
      if (text.length() > MAX_HEADER_LENGTH * 6) {
        return null;
      }
      JsonElement json = JsonParser.parseString(text);
      return json.isJsonObject() ? within(json.getAsJsonObject()) : null;
    } catch (JsonParseException | StackOverflowError notJson) {
      return null;
    }
  }

  private static @Nullable SessionState within(JsonObject json) {
    SessionState state = new SessionState(json, StateValues.write(json));
    return state.sizeInBytes() <= MAX_BYTES ? state : null;
  }

  SessionState with(String key, @Nullable Object value) {
    JsonObject changed = new JsonObject();
    json.entrySet().forEach(entry -> changed.add(entry.getKey(), entry.getValue()));
    changed.add(key, StateValues.toJson(key, value));
    SessionState next = new SessionState(changed, StateValues.write(changed));
    if (next.sizeInBytes() > MAX_BYTES) {
      throw new StateTooLargeException(key, next.sizeInBytes(), MAX_BYTES);
    }
    return next;
  }

  boolean isEmpty() {
    return json.size() == 0;
  }

  JsonObject copy() {
    return json.deepCopy();
  }

  String text() {
    return text;
  }

  /** Returns the state as a header's value, or null if it is empty or too long to be sent. */
  @Nullable String header() {
    if (isEmpty()) {
      return null;
    }
    String ascii = ascii();
    if (ascii.length() <= MAX_HEADER_LENGTH) {
      return ascii;
    }
    if (!warned) {
      warned = true;
      logger.warn(
          "A session's state is {} characters as a header, more than {}: it is recorded, not sent",
          ascii.length(),
          MAX_HEADER_LENGTH);
    }
    return null;
  }

  private String ascii() {
    String known = ascii;
    if (known == null) {
      known = JsonText.toAscii(text);
      ascii = known;
    }
    return known;
  }

  private int sizeInBytes() {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
