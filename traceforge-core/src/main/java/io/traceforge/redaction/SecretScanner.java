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

  /** Whether two characters are worth a look: with the first alone many words begin. */
  private static final boolean[] PAIRS = pairs();

  private static final String BEARER = "bearer";
  private static final int LONGEST_AUTHORITY = 512;

  private final String text;
  private final Spans spans;
  private final boolean shapes;
  private final boolean cut;
  private final Assignments assignments;
  private final PrivateKeys privateKeys;
  private boolean escapedAscii;

  private SecretScanner(String text, Names names, boolean shapes, Spans spans, boolean cut) {
    this.text = text;
    this.spans = spans;
    this.shapes = shapes;
    this.cut = cut;
    this.privateKeys = new PrivateKeys(text, spans);
    this.assignments = new Assignments(text, names, spans);
  }

  /**
   * Finds secrets.
   *
   * @param shapes whether to find what is secret by its shape, not only by its name
   * @param cut whether the text may end within a secret
   * @return whether there are escapes that may hide a secret
   */
  static boolean find(String text, Names names, boolean shapes, Spans spans, boolean cut) {
    SecretScanner scanner = new SecretScanner(text, names, shapes, spans, cut);
    scanner.scan();
    return scanner.escapedAscii;
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

  private static boolean[] pairs() {
    boolean[] pairs = new boolean[128 << 7];
    for (char first = 0; first < 128; first++) {
      for (char second = 0; second < 128; second++) {
        pairs[first << 7 | second] = isPair(first, second);
      }
    }
    return pairs;
  }

  private static boolean isPair(char first, char second) {
    return switch (KINDS[first]) {
      case NOTHING -> false;
      case WORD ->
          TokenRules.begin(first, second)
              || ((first == 'b' || first == 'B') && (second == 'e' || second == 'E'));
      case DASH -> second == '-';
      default -> true;
    };
  }

  private void scan() {
    int at = next(0);
    while (at < text.length()) {
      at = next(scan(KINDS[text.charAt(at)], at));
    }
  }

  /** Returns the first index from here on where a look is worth it, or the text's length. */
  private int next(int from) {
    int length = text.length();
    if (from >= length) {
      return length;
    }
    char c = text.charAt(from);
    for (int at = from; at < length; at++) {
      char after = at + 1 < length ? text.charAt(at + 1) : 0;
      if (c < 128 && PAIRS[c << 7 | (after < 128 ? after : 0)]) {
        return at;
      }
      c = after;
    }
    return length;
  }

  private int scan(byte kind, int at) {
    return switch (kind) {
      case WORD -> shapes && Chars.startsWord(text, at) ? atWord(at) : at + 1;
      case COLON -> shapes ? atColon(at) : assignments.atColon(at);
      case EQUALS -> assignments.atEquals(at, at + 1);
      case ESCAPE -> atEscape(at);
      default -> shapes && text.startsWith("-----", at) ? privateKeys.atDashes(at) : at + 1;
    };
  }

  private int atWord(int at) {
    int end = TokenRules.match(text, at, cut);
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
    int from = afterSpaces(after);
    int end = CharClass.TOKEN68.endOfRun(text, from);
    boolean open = cut && end == text.length();
    boolean token =
        open || end - from >= 24 || (end - from >= 8 && Chars.hasDigit(text, from, end));
    if (from > after && token) {
      spans.add(from, end, Redactor.REDACTED);
      return end;
    }
    return after;
  }

  private int afterSpaces(int from) {
    int at = from;
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '+')) {
      at++;
    }
    return text.startsWith("%20", at) ? afterSpaces(at + 3) : at;
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
    start = Chars.afterEscape(text, start, colon);
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
    int i = from;
    for (; i < limit && "/?#\"'<>\\ \t\n\r".indexOf(text.charAt(i)) < 0; i++) {
      lastAt = text.charAt(i) == '@' ? i : lastAt;
    }
    int end = cut && i == text.length() ? i : lastAt;
    if (end > from) {
      spans.add(from, end, "REDACTED");
    }
    return Math.max(from, end);
  }

  private int atEscape(int at) {
    if (text.regionMatches(true, at, "\\u003d", 0, 6)) {
      return assignments.atEquals(at, at + 6);
    }
    escapedAscii |= text.startsWith("/", at + 1) || isEscapedAscii(at);
    return at + 1;
  }

  /** Some write an escape for what needs none, such as {@code +} and {@code /} in a token. */
  private boolean isEscapedAscii(int at) {
    return text.startsWith("u00", at + 1)
        && at + 4 < text.length()
        && text.charAt(at + 4) >= '2'
        && text.charAt(at + 4) <= '7';
  }
}
