package io.traceforge.protocol;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Reads the last members of a JSON object whose beginning is lost. It reads backwards from the
 * closing brace: unlike the first byte after a gap, the last one is known to stand outside of any
 * string.
 */
final class JsonTail {
  /** The name that {@link #objectOf} gives to an inner object whose beginning and name are lost. */
  static final String NAMELESS = "";

  /** What {@link #objectOf} returns if there is nothing to be told. */
  static final String NOTHING = "{}";

  private final byte[] bytes;
  private final int from;

  /** The members of the outermost object, and of the object in it that is being read. */
  private Level outer;

  private Level inner;
  private int depth = 1;

  private static final class Level {
    final Map<String, String> members = new LinkedHashMap<>();
    int valueEnd;
    int colon = -1;

    Level(int end) {
      valueEnd = end;
    }
  }

  private JsonTail(byte[] bytes, int from, int closingBrace) {
    this.bytes = bytes;
    this.from = from;
    this.outer = new Level(closingBrace);
    this.inner = new Level(closingBrace);
  }

  /** Returns the JSON text of those members of the outermost object that are whole. */
  static Map<String, String> members(byte[] bytes, int from, int to) {
    return read(bytes, from, to).outer.members;
  }

  /**
   * Returns an object of those members of the outermost object that are whole, and of those of the
   * object in it whose beginning is lost too, if there is one.
   */
  static String objectOf(byte[] bytes, int from, int to) {
    JsonTail tail = read(bytes, from, to);
    Map<String, String> all = new LinkedHashMap<>(tail.outer.members);
    if (tail.depth > 1 && !tail.inner.members.isEmpty()) {
      all.put(NAMELESS, json(tail.inner.members));
    }
    return json(all);
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static JsonTail read(byte[] bytes, int from, int to) {
    int last = to - 1;
    while (last >= from && isBlank(bytes[last])) {
      last--;
    }
    JsonTail tail = new JsonTail(bytes, from, last);
    if (last >= from && bytes[last] == '}') {
      tail.readBackwards(last);
    }
    return tail;
  }

  /** Bytes of other characters than ASCII's are negative. */
  static boolean isBlank(byte b) {
    return b >= 0 && b <= ' ';
  }

  private void readBackwards(int closingBrace) {
    for (int i = closingBrace - 1; i >= from && depth > 0; i--) {
      switch (bytes[i]) {
        case '}', ']' -> {
          depth++;
          inner = depth == 2 ? new Level(i) : inner;
        }
        case '{', '[' -> depth--;
        case ',' -> {
          if (depth <= 2) {
            level().valueEnd = i;
            level().colon = -1;
          }
        }
        case ':' -> level().colon = depth <= 2 ? i : level().colon;
        case '"' -> i = readString(i);
        default -> {}
      }
    }
  }

  private Level level() {
    return depth == 1 ? outer : inner;
  }

  /** Returns where a string begins, having kept it if it is a member's name. */
  private int readString(int close) {
    int open = openingQuote(close);
    if (depth <= 2 && level().colon > close && open >= from) {
      level().members.putIfAbsent(text(open + 1, close), text(level().colon + 1, level().valueEnd));
      level().colon = -1;
    }
    return open;
  }

  /** Returns where a string begins: the quote before that has no odd number of backslashes. */
  private int openingQuote(int close) {
    int quote = close - 1;
    while (quote >= from && (bytes[quote] != '"' || isEscaped(quote))) {
      quote--;
    }
    return quote;
  }

  private boolean isEscaped(int quote) {
    int first = quote;
    while (first > from && bytes[first - 1] == '\\') {
      first--;
    }
    return (quote - first) % 2 == 1;
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
