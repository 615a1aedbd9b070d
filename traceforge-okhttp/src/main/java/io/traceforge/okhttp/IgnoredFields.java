package io.traceforge.okhttp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;

/** Takes out of a document what is not to be compared. */
final class IgnoredFields {
  private static final String EACH = "*";

  /** Of each JSON pointer its tokens. */
  private final List<List<String>> paths;

  private IgnoredFields(List<List<String>> paths) {
    this.paths = paths;
  }

  /**
   * Reads JSON pointers (RFC 6901), in which {@code *} stands for each member or element.
   *
   * @throws IllegalArgumentException if one is none, or names the whole document
   */
  static IgnoredFields of(List<String> pointers) {
    return new IgnoredFields(pointers.stream().map(IgnoredFields::tokens).toList());
  }

  private static List<String> tokens(String pointer) {
    if (!pointer.startsWith("/")) {
      throw new IllegalArgumentException(
          "ignoring: expected a JSON pointer such as /metadata/run_id, got \"" + pointer + '"');
    }
    return Arrays.stream(pointer.substring(1).split("/", -1))
        .map(token -> token.replace("~1", "/").replace("~0", "~"))
        .toList();
  }

  /** Takes the fields out of a document. */
  void removeFrom(JsonElement document) {
    paths.forEach(path -> remove(document, path));
  }

  private static void remove(JsonElement from, List<String> path) {
    String token = path.get(0);
    List<String> rest = path.subList(1, path.size());
    if (from instanceof JsonObject object) {
      List<String> names = token.equals(EACH) ? List.copyOf(object.keySet()) : List.of(token);
      names.stream().filter(object::has).forEach(name -> removeMember(object, name, rest));
    } else if (from instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (token.equals(EACH) || token.equals(Integer.toString(i))) {
          removeElement(array, i, rest);
        }
      }
    }
  }

  private static void removeMember(JsonObject object, String name, List<String> rest) {
    if (rest.isEmpty()) {
      object.remove(name);
    } else {
      remove(object.get(name), rest);
    }
  }

  /** The elements after it keep their places, which other pointers may name. */
  private static void removeElement(JsonArray array, int index, List<String> rest) {
    if (rest.isEmpty()) {
      array.set(index, JsonNull.INSTANCE);
    } else {
      remove(array.get(index), rest);
    }
  }
}
