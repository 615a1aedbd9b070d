package io.traceforge.protocol;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a JSON array into its elements, which may be cut short themselves. It only counts brackets:
 * whether an element is JSON is for its reader to find out.
 */
final class JsonElements {
  private final byte[] bytes;
  private final int to;
  private int position;
  private int start;

  /** Creates a reader of bytes that begin before the array's opening bracket. */
  JsonElements(byte[] bytes, int from, int to) {
    this.bytes = bytes;
    this.to = to;
    this.position = from;
    while (position < to && bytes[position] != '[') {
      position++;
    }
    position++;
  }

  /** Goes to the next element; returns false if there is none. */
  boolean next() {
    while (position < to && isBetweenElements(bytes[position])) {
      position++;
    }
    if (position >= to || bytes[position] == ']') {
      return false;
    }
    start = position;
    position = endOfElement();
    return true;
  }

  /** Returns the element as text, or {@code null} if it is too long to be decoded. */
  @Nullable String text() {
    return position - start > LineReader.MAX_LINE
        ? null
        : new String(bytes, start, position - start, StandardCharsets.UTF_8).strip();
  }

  /** Returns the index of the first byte after the element. */
  int end() {
    return position;
  }

  private static boolean isBetweenElements(byte b) {
    return b == ',' || JsonTail.isBlank(b);
  }

  private int endOfElement() {
    int depth = 0;
    int at = start;
    while (at < to) {
      switch (bytes[at]) {
        case '"' -> at = closingQuote(at);
        case '{', '[' -> depth++;
        case '}' -> depth--;
        case ']' -> {
          if (depth == 0) {
            return at;
          }
          depth--;
        }
        case ',' -> {
          if (depth == 0) {
            return at;
          }
        }
        default -> {}
      }
      at++;
      if (depth == 0 && at < to && at > start && bytes[at - 1] == '}') {
        return at;
      }
    }
    return to;
  }

  private int closingQuote(int opening) {
    int at = opening + 1;
    while (at < to && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    return Math.min(at, to - 1);
  }
}
