package io.traceforge.redaction;

import java.util.Arrays;
import java.util.List;

/**
 * The content of JSON strings, put together and without escapes, that knows where each of its
 * characters stands in the text. So all that is not taken out stays as it was written.
 */
final class Unescaped {
  private final String raw;
  private final StringBuilder content = new StringBuilder();
  private int[] starts = new int[64];

  private Unescaped(String raw) {
    this.raw = raw;
  }

  static Unescaped of(String raw, List<JsonStrings.Piece> pieces) {
    Unescaped unescaped = new Unescaped(raw);
    pieces.forEach(piece -> unescaped.append(piece.start(), piece.end()));
    return unescaped;
  }

  String text() {
    return content.toString();
  }

  private void append(int from, int to) {
    int at = from;
    while (at < to) {
      int end = Math.min(to, endOfCharacter(at));
      add(character(at, end), at);
      at = end;
    }
  }

  private void add(char c, int start) {
    if (content.length() == starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    starts[content.length()] = start;
    content.append(c);
  }

  private int endOfCharacter(int at) {
    if (raw.charAt(at) != '\\' || at + 1 == raw.length()) {
      return at + 1;
    }
    return at + (raw.charAt(at + 1) == 'u' ? 6 : 2);
  }

  private char character(int at, int end) {
    char c = raw.charAt(at);
    if (c != '\\' || end - at < 2) {
      return c;
    }
    char kind = raw.charAt(at + 1);
    return switch (kind) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> fromHex(at + 2, end);
      default -> kind;
    };
  }

  private char fromHex(int from, int to) {
    int code = 0;
    for (int i = from; i < to; i++) {
      code = 16 * code + Math.max(0, Character.digit(raw.charAt(i), 16));
    }
    return (char) code;
  }

  /**
   * Takes out of the raw text what was found in the content. What stands in its place goes to where
   * it begins; pieces that it goes on in lose their part of it.
   */
  void takeOut(Spans found, Spans spans) {
    for (Spans.Span span : found.inOrder()) {
      String replacement = escaped(span.replacement());
      int at = span.start();
      while (at < span.end()) {
        int last = lastInARow(at, span.end());
        spans.add(starts[at], rawEnd(last), replacement);
        replacement = "";
        at = last + 1;
      }
    }
  }

  private int lastInARow(int from, int to) {
    int last = from;
    while (last + 1 < to && starts[last + 1] == rawEnd(last)) {
      last++;
    }
    return last;
  }

  private int rawEnd(int index) {
    int end = endOfCharacter(starts[index]);
    boolean cutEscape = index + 1 < content.length() && starts[index + 1] > starts[index];
    return cutEscape ? Math.min(end, starts[index + 1]) : Math.min(end, raw.length());
  }

  private static String escaped(String replacement) {
    return replacement.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
