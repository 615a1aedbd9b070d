package io.traceforge.redaction;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The places of a text that are to be replaced. */
final class Spans {
  /** From {@code start} to before {@code end}. */
  record Span(int start, int end, String replacement) {}

  private final List<Span> found = new ArrayList<>(0);
  private boolean hasEscapes;

  void add(int start, int end, String replacement) {
    if (start < end) {
      found.add(new Span(start, end, replacement));
    }
  }

  /** Takes note that the text has escapes, so that it had to be read as JSON. */
  void noteEscapes() {
    hasEscapes = true;
  }

  /** Returns whether nothing was found, and each place could be judged by what stands near it. */
  boolean isPlain() {
    return found.isEmpty() && !hasEscapes;
  }

  boolean isEmpty() {
    return found.isEmpty();
  }

  /** Returns the places in order; of those that overlap, one for all that they cover. */
  List<Span> inOrder() {
    List<Span> ordered = new ArrayList<>(found.size());
    found.stream()
        .sorted(Comparator.comparingInt(Span::start))
        .forEach(
            span -> {
              Span last = ordered.isEmpty() ? null : ordered.get(ordered.size() - 1);
              if (last == null || span.start() >= last.end()) {
                ordered.add(span);
              } else if (span.end() > last.end()) {
                ordered.set(
                    ordered.size() - 1, new Span(last.start(), span.end(), last.replacement()));
              }
            });
    return ordered;
  }

  /** Returns a text with its places replaced; the very same one if there are none. */
  String applyTo(String text) {
    if (found.isEmpty()) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length());
    int from = 0;
    for (Span span : inOrder()) {
      result.append(text, from, span.start()).append(span.replacement());
      from = span.end();
    }
    return result.append(text, from, text.length()).toString();
  }
}
