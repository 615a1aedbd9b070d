package io.traceforge.okhttp;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** In what a call differs from a recording, and how much. */
final class KeyDifference {
  private static final int LONGEST_SHOWN = 80;

  /** More than any body has differences: another endpoint is farther away than any other body. */
  private static final long OTHER_ENDPOINT = 1L << 40;

  /** A body of another kind, or none, is farther away than any body of the same kind. */
  private static final long OTHER_KIND = 1L << 32;

  private long size;
  private @Nullable String first;

  private KeyDifference() {}

  static KeyDifference between(MatchKey recorded, MatchKey asked) {
    KeyDifference difference = new KeyDifference();
    difference.endpoints(recorded, asked);
    difference.queries(recorded.query(), asked.query());
    difference.bodies(recorded.body(), asked.body());
    return difference;
  }

  /** Returns how far apart the two are; 0 if they are equal. */
  long size() {
    return size;
  }

  /** Returns the first difference in words, or an empty text if there is none. */
  String first() {
    return first == null ? "" : first;
  }

  private void endpoints(MatchKey recorded, MatchKey asked) {
    if (!recorded.method().equals(asked.method()) || !recorded.path().equals(asked.path())) {
      note(OTHER_ENDPOINT, "the endpoint", endpoint(recorded), endpoint(asked));
    }
  }

  private static String endpoint(MatchKey key) {
    return (key.method() + " " + key.path()).strip();
  }

  private void queries(List<String> recorded, List<String> asked) {
    if (!recorded.equals(asked)) {
      note(1, "the query", String.join("&", recorded), String.join("&", asked));
    }
  }

  private void bodies(String recorded, String asked) {
    JsonElement before = json(recorded);
    JsonElement after = json(asked);
    if (kind(recorded) != kind(asked)) {
      note(OTHER_KIND, "the body", recorded, asked);
    } else if (before != null && after != null) {
      values("", before, after);
    } else if (!recorded.equals(asked)) {
      int from = beginOfDifference(recorded, asked);
      note(
          1, "character " + from + " of the body", recorded.substring(from), asked.substring(from));
    }
  }

  /** Tells objects, arrays, texts and missing bodies apart. */
  private static char kind(String body) {
    char begin = body.isEmpty() ? '0' : body.charAt(0);
    return body.isEmpty() || begin == '{' || begin == '[' ? begin : 't';
  }

  private static @Nullable JsonElement json(String canonical) {
    try {
      return canonical.startsWith("{") || canonical.startsWith("[")
          ? JsonParser.parseString(canonical)
          : null;
    } catch (JsonParseException notJson) {
      return null;
    }
  }

  private static int beginOfDifference(String recorded, String asked) {
    int at = 0;
    while (at < Math.min(recorded.length(), asked.length())
        && recorded.charAt(at) == asked.charAt(at)) {
      at++;
    }
    return at;
  }

  private void values(String path, @Nullable JsonElement recorded, @Nullable JsonElement asked) {
    if (recorded instanceof JsonObject before && asked instanceof JsonObject after) {
      TreeSet<String> names = new TreeSet<>(before.keySet());
      names.addAll(after.keySet());
      names.forEach(name -> values(path + "/" + escape(name), before.get(name), after.get(name)));
    } else if (recorded instanceof JsonArray before && asked instanceof JsonArray after) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        values(path + "/" + i, element(before, i), element(after, i));
      }
    } else if (recorded == null || asked == null || !recorded.toString().equals(asked.toString())) {
      note(1, path, told(recorded), told(asked));
    }
  }

  private static String escape(String name) {
    return name.replace("~", "~0").replace("/", "~1");
  }

  private static @Nullable JsonElement element(JsonArray array, int index) {
    return index < array.size() ? array.get(index) : null;
  }

  private static String told(@Nullable JsonElement value) {
    return value == null ? "nothing" : value.toString();
  }

  private void note(long weight, String place, String recorded, String asked) {
    size += weight;
    if (first == null) {
      int from = Math.max(0, beginOfDifference(recorded, asked) - LONGEST_SHOWN / 4);
      first = place + " was " + shortened(recorded, from) + ", now is " + shortened(asked, from);
    }
  }

  /** Shows a long value from a little before the difference. */
  private static String shortened(String value, int from) {
    if (value.length() <= LONGEST_SHOWN) {
      return value.isEmpty() ? "nothing" : value;
    }
    int begin = Math.min(from, value.length() - LONGEST_SHOWN / 2);
    int end = Math.min(value.length(), begin + LONGEST_SHOWN);
    return (begin > 0 ? "…" : "") + value.substring(begin, end) + (end < value.length() ? "…" : "");
  }
}
