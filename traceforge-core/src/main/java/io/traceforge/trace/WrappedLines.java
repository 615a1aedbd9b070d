package io.traceforge.trace;

import io.traceforge.internal.Cells;
import java.util.ArrayList;
import java.util.List;

/** Fills lines with short texts, as many in each as it has room for. */
final class WrappedLines {
  private static final String BETWEEN = ", ";

  private WrappedLines() {}

  /** Returns lines, the first for one room and the others for another. */
  static List<String> of(List<String> texts, int firstRoom, int room) {
    List<String> lines = new ArrayList<>();
    String line = Cells.shorten(texts.get(0), firstRoom);
    for (String text : texts.subList(1, texts.size())) {
      String longer = line + BETWEEN + text;
      if (Cells.width(longer) <= (lines.isEmpty() ? firstRoom : room)) {
        line = longer;
      } else {
        lines.add(line);
        line = Cells.shorten(text, room);
      }
    }
    lines.add(line);
    return lines;
  }
}
