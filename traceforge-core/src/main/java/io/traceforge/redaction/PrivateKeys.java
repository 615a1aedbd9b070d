package io.traceforge.redaction;

/** Finds private keys in PEM, also such whose beginning or end is not there. */
final class PrivateKeys {
  private static final String DASHES = "-----";
  private static final int LONGEST_MARK = 64;
  private static final int LONGEST_KEY = 32 << 10;

  /** A line of a key has 64 characters or 76; its last may have less. */
  private static final int SHORTEST_LINE = 40;

  private final String text;
  private final Spans spans;

  PrivateKeys(String text, Spans spans) {
    this.text = text;
    this.spans = spans;
  }

  /** Returns where to go on from five dashes. */
  int atDashes(int at) {
    int name = at + DASHES.length();
    int close = endOfMark(name);
    if (close < 0) {
      return name;
    }
    if (text.startsWith("BEGIN", name)) {
      return begun(at, close);
    }
    spans.add(startOfLines(at), close, Redactor.REDACTED);
    return close;
  }

  /** Returns where a mark ends, or -1 if it is none of a private key. */
  private int endOfMark(int name) {
    int limit = Math.min(text.length(), name + LONGEST_MARK);
    int close = text.substring(name, limit).indexOf(DASHES);
    String mark = close < 0 ? "" : text.substring(name, name + close);
    boolean ofKey = mark.contains("PRIVATE") && mark.contains("KEY");
    return ofKey ? name + close + DASHES.length() : -1;
  }

  private int begun(int begin, int from) {
    int after = endOfKey(from);
    if (after > from) { // else it is only talked about
      spans.add(begin, after, Redactor.REDACTED);
    }
    return after;
  }

  private int endOfKey(int from) {
    int limit = Math.min(text.length(), from + LONGEST_KEY);
    int end = text.substring(from, limit).indexOf(DASHES + "END");
    int quote = text.substring(from, limit).indexOf('"');
    int close = end < 0 || (quote >= 0 && quote < end) ? -1 : endOfMark(from + end + 5);
    return close > 0 ? close : endOfLines(from);
  }

  private int endOfLines(int from) {
    int after = from;
    boolean more = true;
    while (more) {
      int start = Chars.skipWhite(text, after);
      int end = CharClass.TOKEN68.endOfRun(text, start);
      boolean last = end - start < SHORTEST_LINE;
      after = !last || after > from ? end : after;
      more = !last;
    }
    return after;
  }

  private int startOfLines(int mark) {
    int start = mark;
    boolean first = true;
    boolean more = true;
    while (more) {
      int end = Chars.skipWhiteBack(text, start);
      int from = startOfRun(end);
      more = end - from >= SHORTEST_LINE || (first && end > from && isLineBefore(from));
      start = more ? from : start;
      first = false;
    }
    return start;
  }

  /** What a text begins with may be the end of such a line. */
  private boolean isLineBefore(int at) {
    int end = Chars.skipWhiteBack(text, at);
    int start = startOfRun(end);
    return start == 0 || end - start >= SHORTEST_LINE;
  }

  /** The letter of an escape before is none of the line's. */
  private int startOfRun(int end) {
    int at = end;
    while (at > 0 && CharClass.TOKEN68.contains(text.charAt(at - 1))) {
      at--;
    }
    return at < end && at > 0 && text.charAt(at - 1) == '\\' ? at + 1 : at;
  }
}
