package io.traceforge.protocol;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.traceforge.internal.MemberWalk;
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
  /** What is deeper is for the reader that judges what is too deep. */
  private static final int DEEPEST = 200;

  private final Set<String> wanted;
  private final int enough;
  private final JsonObject members = new JsonObject();
  private boolean lacksOthers;
  private boolean ended;

  private JsonOutline(Set<String> wanted, int enough) {
    this.wanted = wanted;
    this.enough = enough;
  }

  /**
   * Reads a body until all wanted members were found; a member that is an array is told as an empty
   * one.
   */
  static JsonOutline of(KeptBytes body, Set<String> wanted) {
    return new JsonOutline(wanted, wanted.size()).read(body);
  }

  /** Reads a body until one of the wanted members was found. */
  static JsonOutline ofAny(KeptBytes body, Set<String> wanted) {
    return new JsonOutline(wanted, 1).read(body);
  }

  /** Reads a body to its end. */
  static JsonOutline ofAll(KeptBytes body, Set<String> wanted) {
    return new JsonOutline(wanted, Integer.MAX_VALUE).read(body);
  }

  /** Returns the wanted members that were found. */
  JsonObject members() {
    return members;
  }

  /** Returns whether the document is known to have no wanted members but those that were found. */
  boolean lacksOthers() {
    return lacksOthers;
  }

  /** Returns whether the end of an object was seen, whatever is missing before. */
  boolean isEnded() {
    return ended;
  }

  private JsonOutline read(KeptBytes body) {
    if (!body.hasGap && walk(body)) {
      return this;
    }
    readHead(body.bytes, body.headLength);
    if (body.hasGap) {
      lacksOthers = false;
      readTail(body.bytes, body.headLength);
    }
    return this;
  }

  /** Returns whether that told all; if not, nothing is told yet. */
  private boolean walk(KeptBytes body) {
    try {
      MemberWalk walk = new MemberWalk(body.bytes, body.headLength, DEEPEST);
      JsonObject found = new JsonObject();
      boolean more = true;
      while (more && found.size() < enough) {
        String name = walk.next();
        more = name != null;
        if (more && wanted.contains(name)) {
          found.add(name, walk.valueBeginsWith('[') ? new JsonArray() : valueOf(walk));
        }
      }
      ended = !more;
      lacksOthers = ended;
      found.entrySet().forEach(member -> members.add(member.getKey(), member.getValue()));
      return true;
    } catch (MemberWalk.Unclear brokenOrOdd) {
      return false;
    }
  }

  private static JsonElement valueOf(MemberWalk walk) {
    JsonElement value = Json.parse(walk.value());
    if (value == null) {
      throw new MemberWalk.Unclear();
    }
    return value;
  }

  private void readHead(byte[] bytes, int length) {
    var input = new ByteArrayInputStream(bytes, 0, length);
    try (JsonReader in = new JsonReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      if (in.peek() != JsonToken.BEGIN_OBJECT) {
        lacksOthers = true;
        return;
      }
      in.beginObject();
      while (members.size() < enough && in.hasNext()) {
        readMember(in, in.nextName());
      }
      ended = members.size() < enough && in.peek() == JsonToken.END_OBJECT;
      lacksOthers = ended;
    } catch (IOException | JsonParseException | StackOverflowError broken) {
      lacksOthers = false;
    }
  }

  private void readMember(JsonReader in, String name) throws IOException {
    if (!wanted.contains(name)) {
      in.skipValue();
    } else if (in.peek() != JsonToken.BEGIN_ARRAY) {
      JsonElement value = Json.read(in);
      if (!Json.isNumber(value) || isFollowed(in)) {
        members.add(name, value);
      }
    } else {
      members.add(name, new JsonArray());
      if (members.size() < enough) {
        in.skipValue();
      }
    }
  }

  /** A number may lack its last digits if nothing follows: then this throws. */
  private static boolean isFollowed(JsonReader in) throws IOException {
    return in.peek() != JsonToken.END_DOCUMENT;
  }

  /** What the head has told stands: a tail that is cut may end in some inner object. */
  private void readTail(byte[] bytes, int from) {
    for (var found : JsonTail.members(bytes, from, bytes.length).entrySet()) {
      if (wanted.contains(found.getKey())) {
        String json = found.getValue().strip();
        JsonElement value = json.startsWith("[") ? new JsonArray() : Json.parse(json);
        ended = ended || value != null;
        if (value != null && !members.has(found.getKey())) {
          members.add(found.getKey(), value);
        }
      }
    }
  }
}
