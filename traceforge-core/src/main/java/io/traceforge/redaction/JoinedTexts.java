package io.traceforge.redaction;

import io.traceforge.redaction.JsonStrings.Piece;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Finds secrets that a stream tells in pieces: the strings that stand at the same place in its
 * events are put together, and what is found is taken out of each piece.
 */
final class JoinedTexts {
  private final String text;
  private final JsonStrings strings;

  private JoinedTexts(String text) {
    this.text = text;
    this.strings = JsonStrings.of(text);
  }

  /** Adds what is found to what was found in the text as it stands. */
  static void find(String text, Edge edge, Finder finder, Spans spans) {
    JoinedTexts joined = new JoinedTexts(text);
    joined.forEachText(
        unescaped -> {
          Spans found = finder.find(unescaped.text(), edge.isBeforeGap());
          edge.addTo(found, unescaped.text());
          unescaped.takeOut(found, spans);
        });
    joined.dropLogProbabilities(spans);
  }

  /** Adds the places where a document tells its text once more, token by token. */
  static void dropLogProbabilities(String text, Spans spans) {
    if (text.contains("logprobs")) {
      new JoinedTexts(text).dropLogProbabilities(spans);
    }
  }

  /** Returns whether a text is told, in one piece or in several. */
  static boolean tells(String text, String secret) {
    List<String> told = new ArrayList<>();
    new JoinedTexts(text).forEachText(unescaped -> told.add(unescaped.text()));
    return text.contains(secret) || told.stream().anyMatch(one -> one.contains(secret));
  }

  private void dropLogProbabilities(Spans spans) {
    if (!spans.isEmpty()) {
      strings
          .logProbabilities()
          .forEach(span -> spans.add(span.start(), span.end(), span.replacement()));
    }
  }

  /** What is the same in all events, such as an id, is no text told in pieces. */
  private void forEachText(Consumer<Unescaped> action) {
    Map<String, List<Piece>> places = new HashMap<>();
    for (Piece piece : strings.pieces()) {
      places.computeIfAbsent(piece.place(), place -> new ArrayList<>()).add(piece);
    }
    places.values().stream()
        .filter(this::differ)
        .forEach(pieces -> action.accept(Unescaped.of(text, pieces)));
  }

  private boolean differ(List<Piece> pieces) {
    Piece first = pieces.get(0);
    int length = first.end() - first.start();
    return pieces.stream()
        .anyMatch(
            piece ->
                piece.end() - piece.start() != length
                    || !text.regionMatches(piece.start(), text, first.start(), length));
  }
}
