package io.traceforge.redaction;

/** Sets of ASCII characters that secrets are made of. */
final class CharClass {
  static final CharClass DIGITS = new CharClass("0-9");
  static final CharClass HEX = new CharClass("0-9a-f");
  static final CharClass UPPER_ALNUM = new CharClass("A-Z0-9");
  static final CharClass LOWER_ALNUM = new CharClass("a-z0-9");
  static final CharClass ALNUM = new CharClass("A-Za-z0-9");

  /** Base 64 as it stands in URLs. */
  static final CharClass WORD = new CharClass("A-Za-z0-9_-");

  /** Several pieces of base 64, with dots between them. */
  static final CharClass DOTTED = new CharClass("A-Za-z0-9_.-");

  /** What RFC 6750 allows in a bearer token, also as it stands in a URL. */
  static final CharClass TOKEN68 = new CharClass("A-Za-z0-9._~+/=%-");

  private final boolean[] members = new boolean[128];

  private CharClass(String ranges) {
    for (int i = 0; i < ranges.length(); i++) {
      boolean isRange = i + 2 < ranges.length() && ranges.charAt(i + 1) == '-';
      char last = isRange ? ranges.charAt(i + 2) : ranges.charAt(i);
      for (char c = ranges.charAt(i); c <= last; c++) {
        members[c] = true;
      }
      i += isRange ? 2 : 0;
    }
  }

  boolean contains(char c) {
    return c < 128 && members[c];
  }

  /** Returns the index of the first character from here on that is no member. */
  int endOfRun(String text, int from) {
    int at = from;
    while (at < text.length() && contains(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
