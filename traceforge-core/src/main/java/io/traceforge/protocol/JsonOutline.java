package io.traceforge.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.traceforge.trace.TraceBody;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * A few members of a JSON object, read without building a tree of the rest: a request repeats the
 * whole conversation and may be large. Of a document that is cut or broken it tells what stands
 * before the break, and of one whose middle was not kept also what stands in the last part.
 */
final class JsonOutline {
  private final Set<String> wanted;
  private final JsonObject members = new JsonObject();
  private boolean whole;
  private boolean ended;

  private JsonOutline(Set<String> wanted) {
    this.wanted = wanted;
  }

  /** Reads the wanted members of a body; a member that is an array is told as an empty one. */
  static JsonOutline of(TraceBody body, Set<String> wanted) {
    JsonOutline outline = new JsonOutline(wanted);
    byte[] bytes = body.bytes();
    outline.readHead(bytes, body.headLength());
    if (body.isTruncated()) {
      outline.whole = false;
      outline.readTail(bytes, body.headLength());
    }
    return outline;
  }

  /** Returns the wanted members that were found. */
  JsonObject members() {
    return members;
  }

  /** Returns whether the document was read to its end, so that what was not found is not there. */
  boolean isWhole() {
    return whole;
  }

  /** Returns whether the document's end was seen, whatever is missing before. */
  boolean isEnded() {
    return whole || ended;
  }

  private void readHead(byte[] bytes, int length) {
    var input = new ByteArrayInputStream(bytes, 0, length);
    try (JsonReader in = new JsonReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      if (in.peek() != JsonToken.BEGIN_OBJECT) {
        whole = true;
        return;
      }
      in.beginObject();
      while (members.size() < wanted.size() && in.hasNext()) {
        readMember(in, in.nextName());
      }
      whole = members.size() < wanted.size() && in.peek() == JsonToken.END_OBJECT;
    } catch (IOException | JsonParseException | StackOverflowError broken) {
      whole = false;
    }
  }

  private void readMember(JsonReader in, String name) throws IOException {
    if (!wanted.contains(name)) {
      in.skipValue();
    } else if (in.peek() != JsonToken.BEGIN_ARRAY) {
      members.add(name, Json.read(in));
    } else {
      members.add(name, new JsonArray());
      if (members.size() < wanted.size()) {
        in.skipValue();
      }
    }
  }

  private void readTail(byte[] bytes, int from) {
    JsonTail.members(bytes, from, bytes.length, wanted)
        .forEach(
            (name, json) -> {
              JsonElement value = json.strip().startsWith("[") ? new JsonArray() : Json.parse(json);
              if (value != null) {
                ended = true;
                members.add(name, value);
              }
            });
  }
}
