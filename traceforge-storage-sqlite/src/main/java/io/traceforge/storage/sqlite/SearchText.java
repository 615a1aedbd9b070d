package io.traceforge.storage.sqlite;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * The words of a part: its strings, decoded, but for names, for what says of which kind something
 * is, and for what is no text (images and the like).
 */
final class SearchText {
  private static final Set<String> NO_WORDS =
      Set.of("role", "type", "id", "object", "model", "finish_reason", "status", "tool_call_id");

  /** A string of this length without a space is data. */
  private static final int LONGEST_WORD = 500;

  private String json;
  private final List<String> strings = new ArrayList<>();
  private String name = "";
  private int position;
  private int nextEscape = -1;

  private SearchText(String json) {
    this.json = json;
  }

  /** Reads a part; a part inside of it has words of its own. */
  static SearchText of(byte[] part) {
    SearchText text = new SearchText(new String(part, StandardCharsets.UTF_8));
    text.read();
    text.json = ""; // may be large, and the strings may be few
    return text;
  }

  /** Returns the strings, in the order in which they stand there. */
  List<String> strings() {
    return Collections.unmodifiableList(strings);
  }

  /** Returns the words. */
  String words() {
    return strings.size() == 1 ? strings.get(0) : String.join("\n", strings);
  }

  private void read() {
    while ((position = json.indexOf('"', position)) >= 0) {
      String string = string();
      if (isName()) {
        name = string;
      } else if (!NO_WORDS.contains(name) && !isData(string)) {
        strings.add(string);
      }
    }
  }

  private static boolean isData(String string) {
    return string.length() >= LONGEST_WORD
        && string.lastIndexOf(' ', LONGEST_WORD) < 0
        && string.codePoints().limit(LONGEST_WORD).allMatch(c -> c < 128);
  }

  private boolean isName() {
    int i = position;
    while (i < json.length() && Character.isWhitespace(json.charAt(i))) {
      i++;
    }
    return i < json.length() && json.charAt(i) == ':';
  }

  private String string() {
    int from = position + 1;
    int end = json.indexOf('"', from);
    boolean escapes = end < 0 || hasEscapeBefore(end, from);
    if (escapes) {
      end = endOfEscaped(from);
    }
    int to = Math.min(end, json.length());
    position = Math.min(end + 1, json.length());
    return escapes ? unescaped(from, to) : json.substring(from, to);
  }

  /** Each is looked for once. */
  private boolean hasEscapeBefore(int end, int from) {
    if (nextEscape < from) {
      int found = json.indexOf('\\', from);
      nextEscape = found < 0 ? Integer.MAX_VALUE : found;
    }
    return nextEscape < end;
  }

  private int endOfEscaped(int from) {
    int end = from;
    while (end < json.length() && json.charAt(end) != '"') {
      end += json.charAt(end) == '\\' ? 2 : 1;
    }
    return end;
  }

  private String unescaped(int from, int to) {
    StringBuilder plain = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = json.charAt(i);
      if (c != '\\' || i + 1 >= to) {
        plain.append(c);
      } else if (json.charAt(i + 1) == 'u') {
        plain.append(codeUnit(i + 2, to));
        i += 5;
      } else {
        plain.append(meaning(json.charAt(++i)));
      }
    }
    return plain.toString();
  }

  private static char meaning(char escaped) {
    return switch (escaped) {
      case 'b', 'f', 'n', 'r', 't' -> ' ';
      default -> escaped;
    };
  }

  private char codeUnit(int from, int to) {
    int value = 0;
    for (int i = from; i < from + 4; i++) {
      int digit = i < to ? Character.digit(json.charAt(i), 16) : -1;
      if (digit < 0) {
        return ' ';
      }
      value = value * 16 + digit;
    }
    return value == 0 ? ' ' : (char) value;
  }
}
