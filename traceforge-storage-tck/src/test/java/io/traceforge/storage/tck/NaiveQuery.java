package io.traceforge.storage.tck;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the text of a search, and tells which texts it means. */
final class NaiveQuery {
  private static final Pattern TOKEN =
      Pattern.compile("[()]|\"([^\"]*)\"|[\\p{L}\\p{N}\\p{M}]+\\*?");

  /** One or more words in a row. */
  private record Term(List<String> words, boolean prefix) {
    boolean startsAt(List<Word> text, int from) {
      for (int i = 0; i < words.size(); i++) {
        String word = text.get(from + i).plain();
        boolean open = prefix && i == words.size() - 1;
        if (open ? !word.startsWith(words.get(i)) : !word.equals(words.get(i))) {
          return false;
        }
      }
      return true;
    }

    boolean isIn(List<Word> text) {
      for (int i = 0; i + words.size() <= text.size(); i++) {
        if (startsAt(text, i)) {
          return true;
        }
      }
      return false;
    }
  }

  private final List<String> tokens = new ArrayList<>();
  private final List<Term> terms = new ArrayList<>();
  private final Predicate<List<Word>> meaning;
  private int next;

  NaiveQuery(String text) {
    Matcher matcher = TOKEN.matcher(text);
    while (matcher.find()) {
      tokens.add(matcher.group());
    }
    List<Predicate<List<Word>>> parts = new ArrayList<>(List.of(any()));
    while (next < tokens.size()) { // brackets that nobody opened
      next++;
      parts.add(any());
    }
    meaning = words -> parts.stream().allMatch(p -> p.test(words));
  }

  boolean means(List<Word> text) {
    return !terms.isEmpty() && meaning.test(text);
  }

  /** Returns those words of a text that the query names. */
  List<Word> named(List<Word> text) {
    List<Word> named = new ArrayList<>();
    for (int i = 0; i < text.size(); i++) {
      for (Term term : terms) {
        if (i + term.words().size() <= text.size() && term.startsAt(text, i)) {
          named.addAll(text.subList(i, i + term.words().size()));
        }
      }
    }
    return named.stream().distinct().toList();
  }

  private boolean take(String token) {
    boolean found = next < tokens.size() && tokens.get(next).equals(token);
    next += found ? 1 : 0;
    return found;
  }

  private Predicate<List<Word>> any() {
    List<Predicate<List<Word>>> parts = new ArrayList<>(List.of(all()));
    while (take("OR")) {
      parts.add(all());
    }
    return parts.size() == 1 ? parts.get(0) : text -> parts.stream().anyMatch(p -> p.test(text));
  }

  private Predicate<List<Word>> all() {
    List<Predicate<List<Word>>> parts = new ArrayList<>(List.of(one()));
    while (next < tokens.size() && !tokens.get(next).matches("OR|\\)")) {
      take("AND");
      parts.add(take("NOT") ? one().negate() : one());
    }
    return parts.size() == 1 ? parts.get(0) : text -> parts.stream().allMatch(p -> p.test(text));
  }

  private Predicate<List<Word>> one() {
    if (take("(")) {
      Predicate<List<Word>> inner = any();
      take(")");
      return inner;
    }
    if (next >= tokens.size() || tokens.get(next).equals(")")) {
      return text -> true;
    }
    String token = tokens.get(next++);
    List<String> words = Word.of(token).stream().map(Word::plain).toList();
    if (words.isEmpty()) {
      return text -> true;
    }
    Term term = new Term(words, token.endsWith("*"));
    terms.add(term);
    return term::isIn;
  }
}
