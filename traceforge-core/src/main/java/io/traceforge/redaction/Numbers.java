package io.traceforge.redaction;

/** Numbers of JSON, which stand without quotes: where one is taken out, a number must stand. */
final class Numbers {
  private static final String NUMBER = "+-.0123456789eE";
  private static final String ZERO = "0";

  private Numbers() {}

  /** Takes a place out that was found by its shape; if it is in a number, the number. */
  static void takeOut(String text, int start, int end, Spans spans) {
    int from = start;
    while (from > 0 && NUMBER.indexOf(text.charAt(from - 1)) >= 0) {
      from--;
    }
    int to = end;
    while (to < text.length() && NUMBER.indexOf(text.charAt(to)) >= 0) {
      to++;
    }
    if (start < end && isJsonNumber(text, from, to)) {
      spans.add(from, to, ZERO);
    } else {
      spans.add(start, end, Redactor.REDACTED);
    }
  }

  private static boolean isJsonNumber(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (NUMBER.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    int before = Chars.skipWhiteBack(text, from);
    int after = Chars.skipWhite(text, to);
    boolean begins = before > 0 && begins(text, before - 1);
    return begins && after < text.length() && ",]}".indexOf(text.charAt(after)) >= 0;
  }

  private static boolean begins(String text, int before) {
    char c = text.charAt(before);
    return c == '['
        || c == ','
        || (c == ':' && before > 0 && Quotes.isQuote(text.charAt(before - 1)));
  }
}
