package io.traceforge.redaction;

import io.traceforge.redaction.JsonStrings.Piece;
import io.traceforge.redaction.Spans.Span;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Finds secrets that a stream tells in pieces: the strings that stand at the same place in its
 * events are put together, and what is found is taken out of each piece.
 */
final class JoinedTexts {
  private final String text;
  private final Function<String, Spans> finder;
  private final Spans spans;
  private final JsonStrings strings;

  private JoinedTexts(String text, Function<String, Spans> finder, Spans spans) {
    this.text = text;
    this.finder = finder;
    this.spans = spans;
    this.strings = JsonStrings.of(text);
  }

  /** Adds what is found to what was found in the text as it stands. */
  static void find(String text, Function<String, Spans> finder, Spans spans) {
    JoinedTexts joined = new JoinedTexts(text, finder, spans);
    Map<String, List<Piece>> places = new LinkedHashMap<>();
    joined
        .strings
        .pieces()
        .forEach(piece -> places.computeIfAbsent(piece.place(), p -> new ArrayList<>()).add(piece));
    places.values().stream().filter(pieces -> pieces.size() > 1).forEach(joined::find);
    if (!spans.isEmpty()) {
      joined.dropLogProbabilities();
    }
  }

  /** Adds the places where a document tells its text once more, token by token. */
  static void dropLogProbabilities(String text, Spans spans) {
    new JoinedTexts(text, none -> new Spans(), spans).dropLogProbabilities();
  }

  private void dropLogProbabilities() {
    strings
        .logProbabilities()
        .forEach(span -> spans.add(span.start(), span.end(), span.replacement()));
  }

  private void find(List<Piece> pieces) {
    List<String> contents = pieces.stream().map(this::content).toList();
    List<Span> found = finder.apply(String.join("", contents)).inOrder();
    if (found.isEmpty()) {
      return;
    }
    int from = 0;
    for (int i = 0; i < pieces.size(); i++) {
      String content = contents.get(i);
      String without = without(found, content, from);
      if (!without.equals(content)) {
        spans.add(pieces.get(i).start, pieces.get(i).end, JsonText.escape(without));
      }
      from += content.length();
    }
  }

  private String content(Piece piece) {
    return JsonText.unescape(text.substring(piece.start, piece.end));
  }

  /** Takes out what was found; what stands in its place goes to the piece where it begins. */
  private static String without(List<Span> found, String content, int from) {
    StringBuilder left = new StringBuilder(content.length());
    int to = from + content.length();
    int at = from;
    for (Span span : found) {
      if (span.end() > at && span.start() < to) {
        left.append(content, at - from, Math.max(at, span.start()) - from);
        left.append(span.start() >= from ? span.replacement() : "");
        at = Math.min(to, span.end());
      }
    }
    return left.append(content, at - from, content.length()).toString();
  }
}
