package io.traceforge.internal;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A walk over the members of a JSON object that looks at their names only, as a request may be
 * large. What stands in values is passed over: quotes are found by the machine's own search, which
 * is many times faster than any reader.
 */
public final class MemberWalk {
  /** One character a byte: what JSON's structure is made of is ASCII. */
  private final String text;

  private final int deepest;
  private int at;
  private int valueStart;
  private int valueEnd;
  private boolean ended;

  /**
   * Begins a walk.
   *
   * @param deepest how deep values may be nested
   * @throws Unclear if no object begins here
   */
  public MemberWalk(byte[] json, int length, int deepest) {
    this.deepest = deepest;
    text = new String(json, 0, length, StandardCharsets.ISO_8859_1);
    at = skipWhite(0);
    if (!isAt('{')) {
      throw new Unclear();
    }
    at = skipWhite(at + 1);
    ended = isAt('}');
  }

  /**
   * Goes to the next member.
   *
   * @return its name, or {@code null} if there is no more
   * @throws Unclear if this is not well-formed JSON, or has names with escapes in them
   */
  public @Nullable String next() {
    if (ended) {
      return null;
    }
    int start = at;
    at = endOfString(start);
    String name = text.substring(start + 1, at - 1);
    at = skipWhite(at);
    if (!isAt(':') || name.indexOf('\\') >= 0) {
      throw new Unclear();
    }
    valueStart = skipWhite(at + 1);
    valueEnd = endOfValue(valueStart);
    at = skipWhite(valueEnd);
    goOn();
    return name;
  }

  private void goOn() {
    ended = isAt('}');
    if (!ended && !isAt(',')) {
      throw new Unclear();
    }
    at = ended ? at : skipWhite(at + 1);
  }

  /** Returns whether the value of the member that was gone to last begins so. */
  public boolean valueBeginsWith(char first) {
    return text.charAt(valueStart) == first;
  }

  /** Returns the value of the member that was gone to last. */
  public String value() {
    byte[] bytes = text.substring(valueStart, valueEnd).getBytes(StandardCharsets.ISO_8859_1);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private boolean isAt(char c) {
    return at < text.length() && text.charAt(at) == c;
  }

  private int endOfValue(int from) {
    char first = from < text.length() ? text.charAt(from) : ',';
    return switch (first) {
      case '"' -> endOfString(from);
      case '{', '[' -> endOfNested(from);
      default -> endOfLiteral(from);
    };
  }

  private int endOfNested(int from) {
    int depth = 0;
    int i = from;
    do {
      if (i >= text.length() || depth > deepest) {
        throw new Unclear();
      }
      char c = text.charAt(i);
      if (c == '"') {
        i = endOfString(i);
      } else {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        i++;
      }
    } while (depth > 0);
    return i;
  }

  private int endOfLiteral(int from) {
    int i = from;
    while (i < text.length() && ",}] \t\r\n\"{[:".indexOf(text.charAt(i)) < 0) {
      i++;
    }
    if (i == from) {
      throw new Unclear();
    }
    return i;
  }

  private int endOfString(int quote) {
    if (quote >= text.length() || text.charAt(quote) != '"') {
      throw new Unclear();
    }
    int end = text.indexOf('"', quote + 1);
    while (end > 0 && isEscaped(end)) {
      end = text.indexOf('"', end + 1);
    }
    if (end < 0) {
      throw new Unclear();
    }
    return end + 1;
  }

  private boolean isEscaped(int quote) {
    int i = quote;
    while (text.charAt(i - 1) == '\\') {
      i--;
    }
    return (quote - i) % 2 == 1;
  }

  private int skipWhite(int from) {
    int i = from;
    while (i < text.length() && " \t\r\n".indexOf(text.charAt(i)) >= 0) {
      i++;
    }
    return i;
  }

  /** Told where a slower reader knows better. */
  public static final class Unclear extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Has no message and no stack trace, as it never leaves the library. */
    public Unclear() {
      super(null, null, false, false);
    }
  }
}
