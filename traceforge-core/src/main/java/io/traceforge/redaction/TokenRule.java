package io.traceforge.redaction;

/**
 * The shape of a kind of secret: a prefix that its issuer gave it to be known by, and characters of
 * one class after it.
 *
 * @param prefix what it begins with; letters match in the case given
 * @param rest the characters that follow
 * @param shortest how many follow at least
 * @param longest how many follow at most: where more do, it is something else
 * @param dots how many dots are among them at least
 */
record TokenRule(String prefix, CharClass rest, int shortest, int longest, int dots) {
  private static final int NO_LIMIT = Integer.MAX_VALUE;

  static TokenRule atLeast(String prefix, CharClass rest, int shortest) {
    return new TokenRule(prefix, rest, shortest, NO_LIMIT, 0);
  }

  static TokenRule exactly(String prefix, CharClass rest, int length) {
    return new TokenRule(prefix, rest, length, length, 0);
  }

  static TokenRule dotted(String prefix, int dots, int shortest) {
    return new TokenRule(prefix, CharClass.DOTTED, shortest, NO_LIMIT, dots);
  }

  /** Returns where the secret that begins here ends, or -1 if there is none. */
  int match(String text, int start) {
    if (!text.startsWith(prefix, start)) {
      return -1;
    }
    int from = start + prefix.length();
    int end = rest.endOfRun(text, from);
    int length = end - from;
    return length >= shortest && length <= longest && hasDots(text, from, end) ? end : -1;
  }

  private boolean hasDots(String text, int from, int end) {
    int missing = dots;
    for (int i = from; missing > 0 && i < end; i++) {
      missing -= text.charAt(i) == '.' ? 1 : 0;
    }
    return missing <= 0;
  }
}
