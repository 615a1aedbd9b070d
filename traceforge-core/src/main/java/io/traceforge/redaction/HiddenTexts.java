package io.traceforge.redaction;

import java.util.List;

/**
 * Finds secrets in JSON strings that are written with escapes where none are needed, as some do for
 * {@code +} and {@code /}.
 */
final class HiddenTexts {
  private HiddenTexts() {}

  /** Adds what is found to what was found in the text as it stands. */
  static void find(String text, Finder finder, Spans spans) {
    for (JsonStrings.Piece piece : JsonStrings.of(text).pieces()) {
      int backslash = text.indexOf('\\', piece.start());
      if (backslash >= 0 && backslash < piece.end()) {
        Unescaped unescaped = Unescaped.of(text, List.of(piece));
        unescaped.takeOut(finder.find(unescaped.text(), false), spans);
      }
    }
  }
}
