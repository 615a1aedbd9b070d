package io.traceforge.internal;

/**
 * Text for a terminal: harmless, and as wide as it says. What terminals do not agree upon, such as
 * how wide joined emoji are, is left out, so that columns stay aligned on all of them.
 */
public final class Cells {
  private static final String ELLIPSIS = "…";
  private static final int REPLACEMENT = 0xfffd;

  /** More of them on one letter would be drawn over other lines. */
  private static final int MOST_MARKS = 3;

  private Cells() {}

  /**
   * Returns a text in one line, with visible signs in place of characters that control the terminal
   * or turn the direction of writing.
   */
  public static String harmless(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    int marks = 0;
    for (int i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
      int c = text.codePointAt(i);
      boolean mark = CellWidth.joinsTheOneBefore(c);
      marks = mark ? marks + 1 : 0;
      if (!isDisputed(c) && marks <= MOST_MARKS && !(mark && safe.isEmpty())) {
        safe.appendCodePoint(shown(c));
      }
    }
    return safe.toString();
  }

  /** Joiners, selectors of a variant and colours of skin. */
  private static boolean isDisputed(int c) {
    return (c >= 0x200b && c <= 0x200d)
        || c == 0x2060
        || c == 0xfeff
        || (c >= 0xfe00 && c <= 0xfe0f)
        || (c >= 0x1f3fb && c <= 0x1f3ff)
        || (c >= 0xe0100 && c <= 0xe01ef);
  }

  private static int shown(int c) {
    if (c == '\n' || c == '\r' || c == '\t') {
      return ' ';
    }
    if (c < ' ') {
      return 0x2400 + c;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          REPLACEMENT;
      default -> c;
    };
  }

  /** Returns how many cells a harmless text takes. */
  public static int width(String text) {
    return text.codePoints().map(CellWidth::of).sum();
  }

  /** Returns a harmless text that takes at most so many cells, with an ellipsis if it is cut. */
  public static String shorten(String text, int most) {
    if (width(text) <= most) {
      return text;
    }
    int end = 0;
    int width = 1;
    while (end < text.length()) {
      int c = text.codePointAt(end);
      width += CellWidth.of(c);
      if (width > most) {
        break;
      }
      end += Character.charCount(c);
    }
    return most < 1 ? "" : text.substring(0, end) + ELLIPSIS;
  }

  /** Returns a harmless text in exactly so many cells, spaces after it. */
  public static String left(String text, int width) {
    String cut = shorten(text, width);
    return cut + " ".repeat(width - width(cut));
  }

  /** Returns a harmless text in exactly so many cells, spaces before it. */
  public static String right(String text, int width) {
    String cut = shorten(text, width);
    return " ".repeat(width - width(cut)) + cut;
  }
}
