package io.traceforge.storage.sqlite;

import io.traceforge.storage.SearchHit.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The place in a text that a query of one plain word is about. Most queries are of that kind, and
 * for them the engine need not be given the text again, which takes twenty times as long. A word
 * that stands there with other letters, as with accents, is left to the engine.
 */
final class WordSnippet {
  private static final Pattern ONE_WORD = Pattern.compile("\"([A-Za-z0-9]+)\"");

  /** Of the words that a snippet has, the one that was looked for is about in the middle. */
  private static final int BEFORE = (Snippets.WORDS - 1) / 2;

  private final String text;
  private final String word;

  private WordSnippet(String text, String word) {
    this.text = text;
    this.word = word;
  }

  /** Returns the word of a query of FTS5 that has no more than one, or else {@code null}. */
  static @Nullable String wordOf(String query) {
    Matcher matcher = ONE_WORD.matcher(query);
    return matcher.matches() ? matcher.group(1) : null;
  }

  /** Returns the part of a text that has a word, or {@code null} if the word is not found. */
  static Snippets.@Nullable Snippet of(String text, String word) {
    WordSnippet snippet = new WordSnippet(text, word);
    int place = snippet.find(0, text.length());
    return place < 0 ? null : snippet.around(place);
  }

  private int find(int from, int end) {
    char lower = Character.toLowerCase(word.charAt(0));
    char upper = Character.toUpperCase(word.charAt(0));
    for (int i = from; i <= end - word.length(); i++) {
      char c = text.charAt(i);
      if ((c == lower || c == upper)
          && isPlainGap(i - 1)
          && isPlainGap(i + word.length())
          && isWordAt(i)) {
        return i;
      }
    }
    return -1;
  }

  /** Not by {@code regionMatches}, for which some letters beyond ASCII are the same too. */
  private boolean isWordAt(int at) {
    for (int i = 0; i < word.length(); i++) {
      char c = text.charAt(at + i);
      if (c >= 128 || Character.toLowerCase(c) != Character.toLowerCase(word.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** What is beyond ASCII may belong to the word. */
  private boolean isPlainGap(int at) {
    return at < 0
        || at >= text.length()
        || (text.charAt(at) < 128 && !Character.isLetterOrDigit(text.charAt(at)));
  }

  private Snippets.Snippet around(int place) {
    List<Integer> starts = startsBefore(place);
    List<Integer> ends = endsAfter(place + word.length());
    int before = Math.min(starts.size(), Math.max(BEFORE, Snippets.WORDS - 1 - ends.size()));
    int after = Math.min(ends.size(), Snippets.WORDS - 1 - before);
    int from = before == starts.size() ? 0 : starts.get(before - 1);
    int to =
        after == ends.size()
            ? text.length()
            : (after == 0 ? place + word.length() : ends.get(after - 1));
    return cut(from, to);
  }

  private Snippets.Snippet cut(int from, int to) {
    String cutOff = "…";
    String begin = from == 0 ? "" : cutOff;
    List<Mark> marks = new ArrayList<>();
    for (int at = find(from, to); at >= 0; at = find(at + word.length(), to)) {
      int start = at - from + begin.length();
      marks.add(new Mark(start, start + word.length()));
    }
    String end = to == text.length() ? "" : cutOff;
    return new Snippets.Snippet(begin + text.substring(from, to) + end, marks);
  }

  /** Returns where the words before a place begin, the nearest first, as many as may matter. */
  private List<Integer> startsBefore(int place) {
    List<Integer> starts = new ArrayList<>();
    for (int i = place - 1; i >= 0 && starts.size() <= Snippets.WORDS; i--) {
      if (isOfAWord(i) && (i == 0 || !isOfAWord(i - 1))) {
        starts.add(i);
      }
    }
    return starts;
  }

  private List<Integer> endsAfter(int place) {
    List<Integer> ends = new ArrayList<>();
    for (int i = place; i < text.length() && ends.size() <= Snippets.WORDS; i++) {
      if (isOfAWord(i) && (i + 1 == text.length() || !isOfAWord(i + 1))) {
        ends.add(i + 1);
      }
    }
    return ends;
  }

  /** Half a character beyond 16 bits counts as one of a word: no snippet begins within it. */
  private boolean isOfAWord(int at) {
    char c = text.charAt(at);
    return c < 128 ? Character.isLetterOrDigit(c) : !Character.isWhitespace(c);
  }
}
