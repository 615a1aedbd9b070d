package io.traceforge.redaction;

/**
 * Finds values that are secret by their name: {@code "name": "value"}, {@code name=value}, {@code
 * Name: value}. It is asked at the sign between the two and looks back for the name.
 */
final class Assignments {
  private final String text;
  private final Names names;
  private final Values values;

  Assignments(String text, Names names, Spans spans) {
    this.text = text;
    this.names = names;
    this.values = new Values(text, spans);
  }

  /** Returns where to go on: after the value if it was secret, else after the colon. */
  int atColon(int colon) {
    int nameEnd = Chars.skipBlanksBack(text, colon);
    if (nameEnd > 0 && isQuote(text.charAt(nameEnd - 1))) {
      return afterQuotedName(nameEnd - 1, colon);
    }
    return nameEnd == colon ? afterBareName(colon) : colon + 1;
  }

  private int afterQuotedName(int quote, int colon) {
    int nameEnd = quote - Chars.backslashesBefore(text, quote);
    int nameStart = Chars.startOfName(text, nameEnd);
    boolean whole = nameStart > 0 && text.charAt(nameStart - 1) == text.charAt(quote);
    return whole && names.isField(text.substring(nameStart, nameEnd))
        ? Math.max(colon + 1, values.json(Chars.skipBlanks(text, colon + 1)))
        : colon + 1;
  }

  /** A header's value is the rest of its line, another one the next word. */
  private int afterBareName(int colon) {
    int nameStart = Chars.startOfName(text, colon);
    if (nameStart == colon) {
      return colon + 1;
    }
    String name = text.substring(nameStart, colon);
    int value = skipSpaces(colon + 1);
    if (names.isHeaderAlone(name)) {
      return Math.max(colon + 1, values.line(value));
    }
    return names.isField(name) ? Math.max(colon + 1, values.token(value)) : colon + 1;
  }

  /**
   * Returns where to go on: after the value if it was secret, else after the sign.
   *
   * @param after the index after the sign, which may be written as an escape
   */
  int atEquals(int sign, int after) {
    if (after < text.length() && text.charAt(after) == '=') {
      return after + 1;
    }
    int value = skipSpaces(after);
    boolean inQuotes = value < text.length() && "\"'\\".indexOf(text.charAt(value)) >= 0;
    int nameEnd = inQuotes ? Chars.skipBlanksBack(text, sign) : sign;
    int nameStart = Chars.startOfName(text, nameEnd);
    if (nameStart == nameEnd || (value > after && !inQuotes)) {
      return after;
    }
    String name = text.substring(nameStart, nameEnd);
    boolean secret = isInQuery(nameStart) ? names.isParameter(name) : names.isField(name);
    return secret ? Math.max(after, values.token(value)) : after;
  }

  private boolean isInQuery(int nameStart) {
    return nameStart == 0
        || "?&;#".indexOf(text.charAt(nameStart - 1)) >= 0
        || (Chars.endsUnicodeEscape(text, nameStart) && text.startsWith("0026", nameStart - 4));
  }

  private int skipSpaces(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    return at;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }
}
