package io.traceforge.redaction;

/**
 * Finds how far a value reaches whose name makes it secret, and replaces it so that JSON stays
 * JSON. JSON in a JSON string is read too, to any depth, as tools' arguments are sent so: there
 * each quote has a backslash before it, at the next depth three, and so on.
 */
final class Values {
  private static final String END_OF_TOKEN = " \t\n\r,;&#\"'`<>\\(){}[]";
  private static final String END_OF_LINE = "\n\r\"'`\\";

  private final String text;
  private final Spans spans;

  Values(String text, Spans spans) {
    this.text = text;
    this.spans = spans;
  }

  /** Replaces a JSON value, if it is a text, a number or an array of such; returns its end. */
  int json(int at) {
    if (at < text.length() && text.charAt(at) == '[') {
      return array(at);
    }
    return scalar(at);
  }

  private int array(int opening) {
    int at = Chars.skipBlanks(text, opening + 1);
    int end = scalar(at);
    while (end > at) {
      at = Chars.skipBlanks(text, afterCloser(end));
      boolean more = at < text.length() && text.charAt(at) == ',';
      at = more ? Chars.skipBlanks(text, at + 1) : at;
      end = more ? scalar(at) : at;
    }
    return end;
  }

  /** Steps over the quote, and the backslashes before it, at which a text has ended. */
  private int afterCloser(int end) {
    int at = end;
    while (at < text.length() && text.charAt(at) == '\\') {
      at++;
    }
    return at < text.length() && isQuote(text.charAt(at)) ? at + 1 : end;
  }

  private int scalar(int at) {
    int depth = backslashesFrom(at);
    int quote = at + depth;
    if (quote < text.length() && isQuote(text.charAt(quote))) {
      return quoted(quote, depth);
    }
    return number(at);
  }

  private int number(int at) {
    int end = at;
    while (end < text.length() && "+-.0123456789eE".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    boolean isNumber = end > at && text.charAt(at) != 'e' && text.charAt(at) != 'E';
    if (isNumber) {
      String quote = "\\".repeat(depthAround(at)) + "\"";
      spans.add(at, end, quote + Redactor.REDACTED + quote);
    }
    return isNumber ? end : at;
  }

  /** How deep a number stands is told by the quote that ends its name. */
  private int depthAround(int at) {
    int quote = text.lastIndexOf('"', at);
    return quote < 0 ? 0 : Chars.backslashesBefore(text, quote);
  }

  /** Replaces what stands in quotes; returns its end, before the closing quote. */
  int quoted(int quote, int depth) {
    int end = closingQuote(quote + 1, text.charAt(quote), depth);
    spans.add(quote + 1, end, Redactor.REDACTED);
    return end;
  }

  /** Replaces what reaches to the next blank or sign, or stands in quotes; returns its end. */
  int token(int at) {
    int depth = backslashesFrom(at);
    if (at + depth < text.length() && isQuote(text.charAt(at + depth))) {
      return quoted(at + depth, depth);
    }
    int end = Chars.indexOfAny(text, END_OF_TOKEN, at);
    spans.add(at, end, Redactor.REDACTED);
    return end;
  }

  /** Replaces what reaches to the end of a line or of the text around it; returns its end. */
  int line(int at) {
    int end = Chars.indexOfAny(text, END_OF_LINE, at);
    spans.add(at, end, Redactor.REDACTED);
    return end;
  }

  /** The closing quote has the same backslashes before it, apart from those that are escaped. */
  private int closingQuote(int from, char quote, int depth) {
    for (int at = from; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\n') {
        return at; // no string of JSON goes on in the next line
      }
      if (c == quote) {
        int backslashes = Math.min(Chars.backslashesBefore(text, at), at - from);
        if (backslashes % (2 * (depth + 1)) == depth) {
          return at - depth;
        }
      }
    }
    return text.length();
  }

  private int backslashesFrom(int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) == '\\') {
      at++;
    }
    return at - from;
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }
}
