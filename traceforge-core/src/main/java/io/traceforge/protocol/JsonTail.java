package io.traceforge.protocol;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads the last members of a JSON object whose beginning is lost. It reads backwards from the
 * closing brace: unlike the first byte after a gap, the last one is known to stand outside of any
 * string.
 */
final class JsonTail {
  private final byte[] bytes;
  private final int from;
  private final Predicate<String> wanted;
  private final Map<String, String> found = new HashMap<>();

  private JsonTail(byte[] bytes, int from, Predicate<String> wanted) {
    this.bytes = bytes;
    this.from = from;
    this.wanted = wanted;
  }

  /** Returns the JSON text of those wanted members of the outermost object that are whole. */
  static Map<String, String> members(byte[] bytes, int from, int to, Set<String> wanted) {
    return members(bytes, from, to, wanted::contains);
  }

  /** Returns an object of those members of the outermost object that are whole. */
  static String objectOf(byte[] bytes, int from, int to) {
    return members(bytes, from, to, name -> true).entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"));
  }

  private static Map<String, String> members(
      byte[] bytes, int from, int to, Predicate<String> wanted) {
    JsonTail tail = new JsonTail(bytes, from, wanted);
    int last = to - 1;
    while (last >= from && bytes[last] <= ' ') {
      last--;
    }
    if (last >= from && bytes[last] == '}') {
      tail.readBackwards(last);
    }
    return tail.found;
  }

  private void readBackwards(int closingBrace) {
    int depth = 1;
    int valueEnd = closingBrace;
    int colon = -1;
    for (int i = closingBrace - 1; i >= from && depth > 0; i--) {
      switch (bytes[i]) {
        case '}', ']' -> depth++;
        case '{', '[' -> depth--;
        case ',' -> {
          if (depth == 1) {
            valueEnd = i;
            colon = -1;
          }
        }
        case ':' -> colon = depth == 1 ? i : colon;
        case '"' -> {
          int close = i;
          i = openingQuote(close);
          if (depth == 1 && colon > close && i >= from) {
            keep(text(i + 1, close), text(colon + 1, valueEnd));
            colon = -1;
          }
        }
        default -> {}
      }
    }
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

  private void keep(String name, String value) {
    if (wanted.test(name)) {
      found.putIfAbsent(name, value);
    }
  }

  private String text(int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.UTF_8);
  }
}
