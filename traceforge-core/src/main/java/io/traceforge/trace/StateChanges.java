package io.traceforge.trace;

import com.google.gson.JsonElement;
import io.traceforge.internal.Cells;
import java.util.ArrayList;
import java.util.List;

/** Lists what changed in a state, one change a line, its values as long as the line has room. */
final class StateChanges {
  private static final String TO = " → ";

  private StateChanges() {}

  static List<String> lines(StateDiff diff, String indent, int width, Paint paint) {
    List<String> lines = new ArrayList<>();
    diff.added()
        .forEach((p, v) -> lines.add(line(paint, Paint.GREEN, indent + "+ " + pair(p, v), width)));
    diff.changed()
        .forEach(
            (path, change) -> {
              String begin = indent + "~ " + Cells.harmless(path) + " ";
              String text = begin + both(change, width - Cells.width(begin + TO));
              lines.add(line(paint, Paint.YELLOW, text, width));
            });
    diff.removed()
        .forEach((p, v) -> lines.add(line(paint, Paint.RED, indent + "- " + pair(p, v), width)));
    return lines;
  }

  private static String pair(String path, JsonElement value) {
    return Cells.harmless(path) + " " + value(value);
  }

  /** What was before stands in an earlier line too, so it is the first to be cut. */
  private static String both(StateDiff.Change change, int room) {
    String before = value(change.before());
    String after = value(change.after());
    int roomBefore = Math.max(room / 3, room - Cells.width(after));
    return Cells.shorten(before, roomBefore) + TO + after;
  }

  private static String value(JsonElement value) {
    return Cells.harmless(value.toString());
  }

  private static String line(Paint paint, String color, String text, int width) {
    return paint.in(color, Cells.shorten(text, width));
  }
}
