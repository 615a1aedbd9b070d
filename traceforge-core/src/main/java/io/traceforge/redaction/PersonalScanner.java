package io.traceforge.redaction;

/**
 * Finds personal data in a text: e-mail addresses, telephone numbers (international ones, and those
 * written as in North America), numbers of payment cards (whose check digit is right) and of United
 * States social security (with hyphens).
 */
final class PersonalScanner {
  private static final int SHORTEST_PHONE = 8;
  private static final int LONGEST_PHONE = 15;

  /** Nineteen digits of a card, and what stands between them. */
  private static final int LONGEST_NUMBER = 40;

  private final String text;
  private final Spans spans;

  private PersonalScanner(String text, Spans spans) {
    this.text = text;
    this.spans = spans;
  }

  static void find(String text, Spans spans) {
    new PersonalScanner(text, spans).scan();
  }

  private void scan() {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '@') {
        at = atAddress(at);
      } else if ((CharClass.DIGITS.contains(c) || c == '+' || c == '(') && startsNumber(at)) {
        at = atNumber(at);
      } else {
        at++;
      }
    }
  }

  private int atAddress(int at) {
    int start = at;
    while (start > 0 && isOfLocalPart(text.charAt(start - 1))) {
      start--;
    }
    int end = CharClass.DOTTED.endOfRun(text, at + 1);
    while (end > at + 1 && text.charAt(end - 1) == '.') {
      end--;
    }
    int dot = text.substring(at, end).lastIndexOf('.');
    if (start < at && dot > 1 && end - at - dot > 2) {
      spans.add(Chars.afterEscape(text, start, at), end, Redactor.REDACTED);
      return end;
    }
    return at + 1;
  }

  private static boolean isOfLocalPart(char c) {
    return CharClass.DOTTED.contains(c) || c == '+' || c == '%';
  }

  /** A digit that goes on with a longer word or number begins none. */
  private boolean startsNumber(int at) {
    return Chars.startsWord(text, at) && (at == 0 || ".-+".indexOf(text.charAt(at - 1)) < 0);
  }

  private int atNumber(int start) {
    StringBuilder digits = new StringBuilder();
    StringBuilder shape = new StringBuilder();
    int end = start;
    int limit = Math.min(text.length(), start + LONGEST_NUMBER);
    for (int at = start; at < limit && isOfNumber(text.charAt(at)); at++) {
      char c = text.charAt(at);
      boolean digit = CharClass.DIGITS.contains(c);
      shape.append(digit ? 'd' : c);
      if (digit) {
        digits.append(c);
        end = at + 1;
      }
    }
    shape.setLength(end - start);
    boolean goesOn = end < text.length() && Chars.isAlnum(text.charAt(end));
    if (!goesOn && isPersonal(digits.toString(), shape.toString())) {
      Numbers.takeOut(text, start, end, spans);
    }
    return Math.max(end, start + 1);
  }

  private static boolean isOfNumber(char c) {
    return CharClass.DIGITS.contains(c) || " -.()+".indexOf(c) >= 0;
  }

  private static boolean isPersonal(String digits, String shape) {
    return shape.equals("ddd-dd-dddd") || isCard(digits, shape) || isPhone(digits.length(), shape);
  }

  private static boolean isPhone(int digits, String shape) {
    boolean international =
        shape.startsWith("+") && digits >= SHORTEST_PHONE && digits <= LONGEST_PHONE;
    return international
        || shape.equals("(ddd) ddd-dddd")
        || shape.equals("(ddd)ddd-dddd")
        || shape.equals("ddd-ddd-dddd")
        || shape.equals("ddd.ddd.dddd");
  }

  private static boolean isCard(String digits, String shape) {
    boolean length = digits.length() >= 13 && digits.length() <= 19;
    boolean issuer = length && digits.charAt(0) >= '3' && digits.charAt(0) <= '6';
    return issuer && shape.indexOf('.') < 0 && shape.indexOf('(') < 0 && passesLuhn(digits);
  }

  private static boolean passesLuhn(String digits) {
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }
}
