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

  /**
   * Returns where the secret that begins here ends, or -1 if there is none.
   *
   * @param cut whether the text may end within a secret
   */
  int match(String text, int start, boolean cut) {
    if (!text.startsWith(prefix, start) || (dots > 0 && isWithinWord(text, start))) {
      return -1;
    }
    int from = start + prefix.length();
    int end = rest.endOfRun(text, from);
    if (cut && end == text.length()) {
      return end;
    }
    int length = end - from;
    boolean matches =
        length >= shortest
            && length <= longest
            && hasDots(text, from, end)
            && isNoWord(text, from, end);
    return matches ? end : -1;
  }

  /** Each run of characters is looked at once, or a long one would take for ever. */
  private static boolean isWithinWord(String text, int start) {
    return start > 0 && text.charAt(start - 1) == '-';
  }

  private boolean hasDots(String text, int from, int end) {
    int missing = dots;
    for (int i = from; missing > 0 && i < end; i++) {
      missing -= text.charAt(i) == '.' ? 1 : 0;
    }
    return missing <= 0;
  }

  /** What was drawn at random has a digit or a capital letter; a CSS class has not. */
  private static boolean isNoWord(String text, int from, int end) {
    for (int i = from; i < end; i++) {
      if (CharClass.UPPER_ALNUM.contains(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
