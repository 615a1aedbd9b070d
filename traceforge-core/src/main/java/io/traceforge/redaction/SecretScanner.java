package io.traceforge.redaction;

/**
 * Finds the secrets of a text in one pass. Most characters can begin no secret and are passed over
 * with one look into a table.
 */
final class SecretScanner {
  private static final byte NOTHING = 0;
  private static final byte WORD = 1;
  private static final byte COLON = 2;
  private static final byte EQUALS = 3;
  private static final byte ESCAPE = 4;
  private static final byte DASH = 5;
  private static final byte[] KINDS = kinds();

  private static final String BEARER = "bearer";
  private static final String PRIVATE_KEY = "PRIVATE KEY";
  private static final int LONGEST_AUTHORITY = 512;

  private final String text;
  private final Spans spans;
  private final boolean shapes;
  private final Assignments assignments;

  private SecretScanner(String text, Names names, boolean shapes, Spans spans) {
    this.text = text;
    this.spans = spans;
    this.shapes = shapes;
    this.assignments = new Assignments(text, names, spans);
  }

  /**
   * Finds secrets.
   *
   * @param shapes whether to find what is secret by its shape, not only by its name
   */
  static void find(String text, Names names, boolean shapes, Spans spans) {
    new SecretScanner(text, names, shapes, spans).scan();
  }

  private static byte[] kinds() {
    byte[] kinds = new byte[128];
    for (char c = 0; c < 128; c++) {
      kinds[c] = TokenRules.begin(c) || c == 'b' || c == 'B' ? WORD : NOTHING;
    }
    kinds[':'] = COLON;
    kinds['='] = EQUALS;
    kinds['\\'] = ESCAPE;
    kinds['-'] = DASH;
    return kinds;
  }

  private void scan() {
    int length = text.length();
    int at = 0;
    while (at < length) {
      char c = text.charAt(at);
      byte kind = c < 128 ? KINDS[c] : NOTHING;
      at = kind == NOTHING ? at + 1 : scan(kind, at);
    }
  }

  private int scan(byte kind, int at) {
    return switch (kind) {
      case WORD -> shapes && Chars.startsWord(text, at) ? atWord(at) : at + 1;
      case COLON -> shapes ? atColon(at) : assignments.atColon(at);
      case EQUALS -> assignments.atEquals(at, at + 1);
      case ESCAPE -> isEscapedEquals(at) ? assignments.atEquals(at, at + 6) : at + 1;
      default -> shapes && text.startsWith("-----", at) ? atDashes(at) : at + 1;
    };
  }

  private int atWord(int at) {
    int end = TokenRules.match(text, at);
    if (end >= 0) {
      spans.add(at, end, Redactor.REDACTED);
      return end;
    }
    return text.regionMatches(true, at, BEARER, 0, BEARER.length())
        ? atBearer(at + BEARER.length())
        : at + 1;
  }

  /** What is long, or has a digit in it, is no word of a sentence about bearers. */
  private int atBearer(int after) {
    int from = after;
    while (from < text.length() && (text.charAt(from) == ' ' || text.charAt(from) == '+')) {
      from++;
    }
    int end = CharClass.TOKEN68.endOfRun(text, from);
    boolean token = end - from >= 24 || (end - from >= 8 && hasDigit(from, end));
    if (from > after && token) {
      spans.add(from, end, Redactor.REDACTED);
      return end;
    }
    return after;
  }

  private boolean hasDigit(int from, int to) {
    for (int i = from; i < to; i++) {
      if (CharClass.DIGITS.contains(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  private int atColon(int colon) {
    if (text.startsWith("//", colon + 1)) {
      return atAuthority(colon + 3);
    }
    int end = botToken(colon);
    return end > 0 ? end : assignments.atColon(colon);
  }

  /** Telegram's tokens begin with the bot's number: {@code 123456789:AA…}. */
  private int botToken(int colon) {
    if (!text.startsWith("AA", colon + 1)) {
      return -1;
    }
    int start = colon;
    while (start > 0 && CharClass.DIGITS.contains(text.charAt(start - 1))) {
      start--;
    }
    int end = CharClass.WORD.endOfRun(text, colon + 1);
    if (colon - start < 8 || end - colon < 33) {
      return -1;
    }
    spans.add(start, end, Redactor.REDACTED);
    return end;
  }

  /**
   * User and password before a host. They may hold an {@code @} themselves. No brackets, which
   * would leave no URI that can be parsed.
   */
  private int atAuthority(int from) {
    int limit = Math.min(text.length(), from + LONGEST_AUTHORITY);
    int lastAt = -1;
    for (int i = from; i < limit && "/?#\"'<>\\ \t\n\r".indexOf(text.charAt(i)) < 0; i++) {
      lastAt = text.charAt(i) == '@' ? i : lastAt;
    }
    if (lastAt > from) {
      spans.add(from, lastAt, "REDACTED");
    }
    return Math.max(from, lastAt);
  }

  private boolean isEscapedEquals(int at) {
    return text.regionMatches(true, at, "\\u003d", 0, 6);
  }

  private int atDashes(int at) {
    int afterDashes = at + 5;
    int close = text.indexOf("-----", afterDashes);
    boolean marksKey =
        close > 0 && close - at < 64 && text.substring(at, close).contains(PRIVATE_KEY);
    if (!marksKey) {
      return afterDashes;
    }
    return text.startsWith("BEGIN ", afterDashes)
        ? afterPrivateKey(at, close + 5)
        : afterEndOfPrivateKey(at, close + 5);
  }

  private int afterPrivateKey(int begin, int from) {
    int end = text.indexOf("-----END", from);
    int close = end < 0 ? -1 : text.indexOf("-----", end + 8);
    int after = close < 0 ? text.length() : close + 5;
    spans.add(begin, after, Redactor.REDACTED);
    return after;
  }

  /** The end of a key whose beginning is lost. */
  private int afterEndOfPrivateKey(int end, int after) {
    int start = end;
    while (start > 0 && isOfKey(text.charAt(start - 1))) {
      start--;
    }
    spans.add(start, after, Redactor.REDACTED);
    return after;
  }

  private static boolean isOfKey(char c) {
    return CharClass.TOKEN68.contains(c) || c == '\\' || Chars.isBlank(c);
  }
}
