package io.traceforge.storage.tck;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A word of a text.
 *
 * @param plain the word without case and accents
 * @param start where it begins in the text
 * @param end the index after its last character
 */
record Word(String plain, int start, int end) {
  private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}]+");
  private static final Pattern ACCENT = Pattern.compile("\\p{M}");

  static List<Word> of(String text) {
    return WORD.matcher(text)
        .results()
        .map(found -> new Word(plain(found.group()), found.start(), found.end()))
        .toList();
  }

  private static String plain(String word) {
    String apart = Normalizer.normalize(word, Normalizer.Form.NFD);
    return ACCENT.matcher(apart).replaceAll("").toLowerCase(Locale.ROOT);
  }
}
