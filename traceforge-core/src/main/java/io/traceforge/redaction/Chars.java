package io.traceforge.redaction;

/** Where words begin and end in a text that may be JSON, with escapes in it, or a URL. */
final class Chars {
  private static final String ESCAPES = "bfnrt";
  private static final int LONGEST_NAME = 64;

  private Chars() {}

  static boolean isAlnum(char c) {
    return CharClass.ALNUM.contains(c);
  }

  static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
  }

  /** Returns whether a word begins here: the letters of an escape before it are none of it. */
  static boolean startsWord(String text, int at) {
    if (at == 0) {
      return true;
    }
    char before = text.charAt(at - 1);
    return (!isAlnum(before) && before != '_') || endsEscape(text, at);
  }

  /** Returns whether what stands before is an escape of JSON or of a URL. */
  private static boolean endsEscape(String text, int at) {
    boolean letter =
        at >= 2 && text.charAt(at - 2) == '\\' && ESCAPES.indexOf(text.charAt(at - 1)) >= 0;
    return letter || endsUnicodeEscape(text, at) || endsPercentEscape(text, at);
  }

  static boolean endsUnicodeEscape(String text, int at) {
    return at >= 6
        && text.charAt(at - 6) == '\\'
        && text.charAt(at - 5) == 'u'
        && isHex(text, at - 4, at);
  }

  private static boolean endsPercentEscape(String text, int at) {
    return at >= 3 && text.charAt(at - 3) == '%' && isHex(text, at - 2, at);
  }

  private static boolean isHex(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  static boolean hasDigit(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (CharClass.DIGITS.contains(text.charAt(i))) {
        return true;
      }
    }
    return false;
  }

  static int skipBlanks(String text, int from) {
    int at = from;
    while (at < text.length() && isBlank(text.charAt(at))) {
      at++;
    }
    return at;
  }

  /** Skips blanks, and such as stand escaped in a string, to any depth. */
  static int skipWhite(String text, int from) {
    int at = skipBlanks(text, from);
    int letter = at;
    while (letter < text.length() && text.charAt(letter) == '\\') {
      letter++;
    }
    boolean escaped =
        letter > at && letter < text.length() && "nrt".indexOf(text.charAt(letter)) >= 0;
    return escaped ? skipWhite(text, letter + 1) : at;
  }

  /** Returns the index after the last character before this one that is no blank. */
  static int skipBlanksBack(String text, int to) {
    int at = to;
    while (at > 0 && isBlank(text.charAt(at - 1))) {
      at--;
    }
    return at;
  }

  /** Skips back what {@link #skipWhite} skips. */
  static int skipWhiteBack(String text, int to) {
    int at = skipBlanksBack(text, to);
    while (at >= 2 && text.charAt(at - 2) == '\\' && "nrt".indexOf(text.charAt(at - 1)) >= 0) {
      at = skipBlanksBack(text, at - 2 - (backslashesBefore(text, at - 1) - 1));
    }
    return at;
  }

  /** Returns where the name begins that ends here. */
  static int startOfName(String text, int to) {
    int at = to;
    while (at > 0 && to - at < LONGEST_NAME && CharClass.DOTTED.contains(text.charAt(at - 1))) {
      at--;
    }
    return afterEscape(text, at, to);
  }

  /** Leaves out the letters and digits of an escape at the beginning of a word. */
  static int afterEscape(String text, int from, int to) {
    for (int at = from + 1; at < to && at <= from + 5; at++) {
      if (endsEscape(text, at)) {
        return at;
      }
    }
    return from;
  }

  static int backslashesBefore(String text, int to) {
    int at = to;
    while (at > 0 && text.charAt(at - 1) == '\\') {
      at--;
    }
    return to - at;
  }

  static int indexOfAny(String text, String stops, int from) {
    int at = from;
    while (at < text.length() && stops.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }
}
