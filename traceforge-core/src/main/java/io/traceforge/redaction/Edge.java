package io.traceforge.redaction;

/**
 * What of a text stands beside a gap, where bytes were not kept: there a secret may have only a
 * part, that is not known by its shape any more, or has lost its name. That part goes too.
 */
enum Edge {
  /** A text that is there whole. */
  NONE {
    @Override
    void addTo(Spans spans, String text) {}
  },

  /** A text before a gap: what begins earlier than its last word is known. */
  HEAD {
    @Override
    void addTo(Spans spans, String text) {
      spans.add(Math.max(startOfLastWord(text), text.length() - Limits.UNKNOWN), text.length(), "");
    }
  },

  /** The same, where secrets may have several words. */
  WIDE_HEAD {
    @Override
    void addTo(Spans spans, String text) {
      spans.add(Math.max(0, text.length() - Limits.UNKNOWN), text.length(), "");
    }
  },

  /** A text after a gap: its first value, and those of the same list, may be secret. */
  TAIL {
    @Override
    void addTo(Spans spans, String text) {
      spans.add(0, Math.min(endOfFirstValue(text), Limits.SECRET), "");
    }
  };

  private static final class Limits {
    /** A longer beginning of a secret is known as one by its shape. */
    static final int UNKNOWN = 64;

    static final int SECRET = 16 << 10;
  }

  /** Adds what must go from the text. */
  abstract void addTo(Spans spans, String text);

  boolean isBeforeGap() {
    return this == HEAD || this == WIDE_HEAD;
  }

  static int startOfLastWord(String text) {
    int start = text.length();
    while (start > 0 && !Chars.isBlank(text.charAt(start - 1))) {
      start--;
    }
    return start;
  }

  static int endOfFirstValue(String text) {
    int limit = Math.min(text.length(), Limits.SECRET);
    for (int at = 0; at < limit; at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        return at + 1;
      }
      if (c == '"' && Quotes.depth(text, at) == 0 && Quotes.closes(text, at)) {
        return endOfList(text, at + 1, limit);
      }
    }
    return Chars.indexOfAny(text, " \t&", 0);
  }

  /** Texts without names that follow stand in the same list as the first one. */
  private static int endOfList(String text, int from, int limit) {
    int end = from;
    while (end < limit) {
      int comma = Chars.skipBlanks(text, end);
      int opening = text.startsWith(",", comma) ? Chars.skipBlanks(text, comma + 1) : -1;
      if (opening < 0 || !text.startsWith("\"", opening)) {
        return end;
      }
      int closing = Quotes.endOfContent(text, opening, true) + 1;
      if (text.startsWith(":", Chars.skipBlanks(text, closing))) {
        return end;
      }
      end = closing;
    }
    return end;
  }
}
