package io.traceforge.trace;

import com.google.gson.JsonElement;
import io.traceforge.internal.Cells;
import java.util.ArrayList;
import java.util.List;

/** Lists what changed in a state, one change a line. */
final class StateChanges {
  private static final int LONGEST_VALUE = 40;

  private StateChanges() {}

  static List<String> lines(StateDiff diff, String indent, int width, Paint paint) {
    List<String> lines = new ArrayList<>();
    diff.added()
        .forEach((p, v) -> lines.add(line(paint, Paint.GREEN, indent + "+ " + pair(p, v), width)));
    diff.changed()
        .forEach(
            (path, change) -> {
              String text = pair(path, change.before()) + " → " + value(change.after());
              lines.add(line(paint, Paint.YELLOW, indent + "~ " + text, width));
            });
    diff.removed()
        .forEach((p, v) -> lines.add(line(paint, Paint.RED, indent + "- " + pair(p, v), width)));
    return lines;
  }

  private static String pair(String path, JsonElement value) {
    return Cells.harmless(path) + " " + value(value);
  }

  private static String value(JsonElement value) {
    return Cells.shorten(Cells.harmless(value.toString()), LONGEST_VALUE);
  }

  private static String line(Paint paint, String color, String text, int width) {
    return paint.in(color, Cells.shorten(text, width));
  }
}
