package io.traceforge.redaction;

/**
 * Quotes of JSON that may itself stand in a JSON string, as tools' arguments do, to any depth. A
 * quote at depth 0 has no backslash before it, at depth 1 one, at depth 2 three: one less than a
 * power of two. What is escaped in a string adds twice that power.
 */
final class Quotes {
  private static final String CLOSERS = ",}]";

  private Quotes() {}

  static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  /** Returns at what depth a quote may begin or end a string. */
  static int depth(String text, int quote) {
    return Integer.numberOfTrailingZeros(~Chars.backslashesBefore(text, quote));
  }

  /** Returns how many backslashes a quote has before it for its depth. */
  static int backslashes(int depth) {
    return (1 << depth) - 1;
  }

  /** Returns the index of the quote that stands here, backslashes skipped, or -1. */
  static int at(String text, int from) {
    int quote = from;
    while (quote < text.length() && text.charAt(quote) == '\\') {
      quote++;
    }
    return quote < text.length() && isQuote(text.charAt(quote)) ? quote : -1;
  }

  /**
   * Returns where the content of a string ends: before the closing quote, or where the string that
   * it stands in ends before it does, or its line.
   *
   * @param json whether the text is JSON, where no string goes beyond the outermost quotes
   */
  static int endOfContent(String text, int opening, boolean json) {
    char quote = text.charAt(opening);
    int depth = depth(text, opening);
    for (int at = opening + 1; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        return at;
      }
      if (c == quote || (c == '"' && json)) {
        int found = Math.min(depth(text, at), 31);
        if (c == quote ? found <= depth : found == 0 || closes(text, at)) {
          return Math.max(opening + 1, at - backslashes(found));
        }
      }
    }
    return text.length();
  }

  /** Returns whether a value or what it is in ends after a quote, so that it is a closing one. */
  static boolean closes(String text, int quote) {
    int next = Chars.skipWhite(text, quote + 1);
    int quoteAfter = at(text, next);
    return next == text.length()
        || CLOSERS.indexOf(text.charAt(next)) >= 0
        || (quoteAfter >= 0 && text.charAt(quoteAfter) == '"');
  }
}
