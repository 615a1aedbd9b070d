package io.traceforge.redaction;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A user's pattern, which may not take longer than a bound that grows with the text. */
record PatternRule(Pattern pattern) {
  private static final long STEPS_PER_CHARACTER = 50;
  private static final long STEPS_AT_LEAST = 1_000_000;

  /**
   * Finds all places that match.
   *
   * @throws IllegalStateException if that takes too long
   */
  void find(String text, Spans spans) {
    Matcher matcher = pattern.matcher(new Counted(text));
    while (matcher.find()) {
      Numbers.takeOut(text, matcher.start(), matcher.end(), spans);
    }
  }

  /** Counts how often the matcher looks at a character: that is what a bad pattern does. */
  private static final class Counted implements CharSequence {
    private final String text;
    private long stepsLeft;

    Counted(String text) {
      this.text = text;
      this.stepsLeft = STEPS_AT_LEAST + STEPS_PER_CHARACTER * text.length();
    }

    @Override
    public char charAt(int index) {
      if (--stepsLeft < 0) {
        throw new IllegalStateException("a redaction pattern takes too long");
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
