package io.traceforge.redaction;

/**
 * Finds values that are secret by their name: {@code "name": "value"}, {@code name=value}, {@code
 * Name: value}. It is asked at the sign between the two and looks back for the name.
 */
final class Assignments {
  /** What may stand between a name and the sign: {@code env["name"] = }, {@code name := }. */
  private static final String BEFORE_SIGN = " \t:\"'\\]";

  private static final int FARTHEST_NAME = 8;

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
    int nameEnd = Chars.skipWhiteBack(text, colon);
    if (nameEnd > 0 && Quotes.isQuote(text.charAt(nameEnd - 1))) {
      return afterQuotedName(nameEnd - 1, colon);
    }
    boolean bare = nameEnd == colon && !text.startsWith("=", colon + 1);
    return bare ? afterBareName(colon) : colon + 1;
  }

  private int afterQuotedName(int quote, int colon) {
    int nameEnd = quote - Chars.backslashesBefore(text, quote);
    int nameStart = Chars.startOfName(text, nameEnd);
    boolean whole = nameStart > 0 && text.charAt(nameStart - 1) == text.charAt(quote);
    return whole && names.isField(text.substring(nameStart, nameEnd))
        ? Math.max(colon + 1, values.json(Chars.skipWhite(text, colon + 1), quote))
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
      return Math.max(colon + 1, values.line(value, nameStart));
    }
    return names.isField(name) ? Math.max(colon + 1, values.token(value, false)) : colon + 1;
  }

  /**
   * Returns where to go on: after the value if it was secret, else after the sign.
   *
   * @param after the index after the sign, which may be written as an escape
   */
  int atEquals(int sign, int after) {
    if (text.startsWith("=", after)) {
      return after + 1;
    }
    int afterSign = text.startsWith(">", after) ? after + 1 : after;
    int value = skipSpaces(afterSign);
    boolean inQuotes = Quotes.at(text, value) >= 0;
    boolean apart = value > after || Chars.skipBlanksBack(text, sign) < sign;
    int nameEnd = inQuotes || apart ? beforeSign(sign) : sign;
    int nameStart = Chars.startOfName(text, nameEnd);
    if (nameStart == nameEnd) {
      return after;
    }
    String name = text.substring(nameStart, nameEnd);
    return Math.max(after, value(name, nameStart, value, apart && !inQuotes));
  }

  private int value(String name, int nameStart, int value, boolean asSetting) {
    boolean parameter = isInQuery(nameStart);
    boolean secret = names.isField(name) || (parameter && !asSetting && names.isParameter(name));
    if (!secret) {
      return value == text.length() ? value : multipart(name, value);
    }
    return asSetting ? values.setting(value) : values.token(value, parameter && nameStart > 0);
  }

  /** A part of a form: {@code name="password"}, an empty line, and the value's line. */
  private int multipart(String name, int value) {
    if (!name.equals("name") || text.charAt(value) != '"') {
      return -1;
    }
    int end = Math.min(text.length(), value + 1 + 64);
    int close = text.indexOf('"', value + 1);
    boolean secret =
        close > 0 && close < end && names.isParameter(text.substring(value + 1, close));
    int empty = secret ? text.indexOf("\r\n\r\n", close) : -1;
    return empty < 0 || empty - close > 200 ? -1 : values.line(empty + 4, 0);
  }

  private int beforeSign(int sign) {
    int at = sign;
    while (at > 0 && sign - at < FARTHEST_NAME && BEFORE_SIGN.indexOf(text.charAt(at - 1)) >= 0) {
      at--;
    }
    return at;
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
}
