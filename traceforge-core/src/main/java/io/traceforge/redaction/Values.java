package io.traceforge.redaction;

import java.util.Locale;
import java.util.Set;

/** Finds how far a value reaches whose name makes it secret, and replaces it: JSON stays JSON. */
final class Values {
  private static final String END_OF_TOKEN = " \t\n\r\"'`<\\";
  private static final String END_OF_PARAMETER = END_OF_TOKEN + "&#";
  private static final String MAYBE_END = ",;)}]>&";
  private static final String END_OF_LINE_IN_JSON = "\n\r\"'`\\";

  /** What stands after a secret's name where code or a form is described. */
  private static final Set<String> NO_VALUES =
      Set.of(
          "string",
          "str",
          "text",
          "char",
          "bytes",
          "number",
          "int",
          "any",
          "object",
          "bool",
          "boolean",
          "true",
          "false",
          "null",
          "none",
          "nil",
          "undefined",
          "optional",
          "option",
          "required",
          "secretstr");

  /** Words before a secret. */
  private static final Set<String> SCHEMES = Set.of("bearer", "basic", "token");

  private final String text;
  private final boolean json;
  private final Spans spans;

  Values(String text, Spans spans) {
    this.text = text;
    this.json = Texts.isJson(text);
    this.spans = spans;
  }

  /**
   * Replaces a JSON value, if it is a text, a number or an array of such; returns its end.
   *
   * @param nameQuote the quote at the end of its name
   */
  int json(int at, int nameQuote) {
    return at < text.length() && text.charAt(at) == '['
        ? array(at, nameQuote)
        : scalar(at, nameQuote);
  }

  private int array(int opening, int nameQuote) {
    int at = Chars.skipWhite(text, opening + 1);
    int end = scalar(at, nameQuote);
    while (end > at) {
      int closing = Quotes.at(text, end);
      at = Chars.skipWhite(text, closing < 0 ? end : closing + 1);
      boolean more = at < text.length() && text.charAt(at) == ',';
      at = more ? Chars.skipWhite(text, at + 1) : at;
      end = more ? scalar(at, nameQuote) : at;
    }
    return end;
  }

  private int scalar(int at, int nameQuote) {
    int quote = Quotes.at(text, at);
    return quote >= 0 ? quoted(quote) : number(at, nameQuote);
  }

  private int number(int at, int nameQuote) {
    int end = at;
    while (end < text.length() && "+-.0123456789eE".indexOf(text.charAt(end)) >= 0) {
      end++;
    }
    if (end == at || Character.isLetter(text.charAt(at))) {
      return at;
    }
    if (end < text.length() && CharClass.WORD.contains(text.charAt(end))) {
      return bare(at, END_OF_TOKEN);
    }
    int backslashes = Quotes.backslashes(Math.min(Quotes.depth(text, nameQuote), 31));
    String quote = "\\".repeat(backslashes) + text.charAt(nameQuote);
    spans.add(at, end, quote + Redactor.REDACTED + quote);
    return end;
  }

  /** Replaces what stands in quotes; returns its end, before the closing quote. */
  private int quoted(int quote) {
    int end = Quotes.endOfContent(text, quote, json);
    spans.add(quote + 1, end, Redactor.REDACTED);
    return Math.max(quote + 1, end);
  }

  /** Replaces what stands in quotes or reaches to the next blank; returns its end. */
  int token(int at, boolean parameter) {
    int quote = Quotes.at(text, at);
    if (quote < 0) {
      return bare(at, parameter ? END_OF_PARAMETER : END_OF_TOKEN);
    }
    return endsTheTextAround(quote) ? at : quoted(quote);
  }

  /** A quote after {@code "password: } in JSON ends the text that the name stands in. */
  private boolean endsTheTextAround(int quote) {
    if (!json || text.charAt(quote) == '\'') {
      return false;
    }
    return Quotes.depth(text, quote) == 0 || Quotes.closes(text, quote);
  }

  private int bare(int at, String ends) {
    int end = endOfBare(afterRedacted(at), ends);
    if (SCHEMES.contains(text.substring(at, Math.min(end, at + 16)).toLowerCase(Locale.ROOT))) {
      end = endOfBare(Chars.skipBlanks(text, end), ends);
    }
    if (NO_VALUES.contains(text.substring(at, Math.min(end, at + 16)).toLowerCase(Locale.ROOT))) {
      return at;
    }
    spans.add(at, end, Redactor.REDACTED);
    return end;
  }

  /** What stands for a secret ends with a sign that may end a value. */
  private int afterRedacted(int at) {
    return text.startsWith(Redactor.REDACTED, at) ? at + Redactor.REDACTED.length() : at;
  }

  private int endOfBare(int at, String ends) {
    int end = at;
    while (end < text.length() && ends.indexOf(text.charAt(end)) < 0 && !endsHere(end)) {
      end++;
    }
    return end;
  }

  /** A sign in the middle belongs to a password, before a blank or another name it does not. */
  private boolean endsHere(int at) {
    if (MAYBE_END.indexOf(text.charAt(at)) < 0) {
      return false;
    }
    int next = at + 1;
    if (next == text.length() || (END_OF_TOKEN + MAYBE_END).indexOf(text.charAt(next)) >= 0) {
      return true;
    }
    int afterName = CharClass.DOTTED.endOfRun(text, next);
    return afterName > next
        && afterName < text.length()
        && "=:".indexOf(text.charAt(afterName)) >= 0;
  }

  /** Replaces a value of a settings file, if it looks like one; returns its end. */
  int setting(int at) {
    int end = Chars.indexOfAny(text, END_OF_TOKEN, at);
    boolean lineEnds = end == text.length() || "\n\r\\\"".indexOf(text.charAt(end)) >= 0;
    boolean code = Chars.indexOfAny(text.substring(at, end), "({[", 0) < end - at;
    if (lineEnds && !code && end - at >= 8 && Chars.hasDigit(text, at, end)) {
      spans.add(at, end, Redactor.REDACTED);
      return end;
    }
    return at;
  }

  /**
   * Replaces what reaches to the end of a line or of the quotes around it; returns its end.
   *
   * @param nameStart where its name begins
   */
  int line(int at, int nameStart) {
    char before = nameStart == 0 ? '\n' : text.charAt(nameStart - 1);
    String ends = json ? END_OF_LINE_IN_JSON : "\n\r" + (Quotes.isQuote(before) ? before : "");
    int end = Chars.indexOfAny(text, ends, at);
    spans.add(at, end, Redactor.REDACTED);
    return end;
  }
}
