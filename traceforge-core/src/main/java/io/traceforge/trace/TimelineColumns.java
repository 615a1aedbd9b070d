package io.traceforge.trace;

import io.traceforge.internal.Cells;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The columns of a drawn timeline, each as wide as its widest cell; what is left over is the notes'
 * room. A narrow terminal gets fewer columns: the header tells models and tokens too.
 */
final class TimelineColumns {
  private static final int WIDE_ENOUGH = 72;
  private static final int WIDE_ENOUGH_FOR_COSTS = 90;
  private static final int DEEPEST_INDENT = 4;
  private static final int BETWEEN = 2;
  private static final int SHORTEST_NOTE = 9;
  private static final int WIDEST_FIGURE = 10;
  private static final int TIME = 1;
  private static final int MODEL = 4;
  private static final List<String> HEADS =
      List.of("STEP", "TIME", "OFFSET", "DURATION", "MODEL", "TOKENS", "COST");

  private final TextOptions options;
  private final TimeScale scale;
  private final Paint paint;
  private final int barWidth;
  private final int[] widths = new int[HEADS.size()];

  TimelineColumns(TextOptions options, TimeScale scale, List<TimelineRow> rows) {
    this.options = options;
    this.scale = scale;
    paint = new Paint(options.colors());
    barWidth = Math.min(40, options.width() / 5);
    measure(HEADS);
    for (TimelineRow row : rows) {
      if (row instanceof TimelineRow.Attempt attempt) {
        measure(cells(attempt));
      }
    }
    widths[TIME] = barWidth;
    int others = lineWidth() - widths[MODEL];
    int room = Math.min(options.width() / 5, options.width() - others - SHORTEST_NOTE);
    widths[MODEL] = Math.min(widths[MODEL], Math.max(3, room));
  }

  private void measure(List<String> cells) {
    for (int i = 0; i < widths.length; i++) {
      int most = i == MODEL ? options.width() : WIDEST_FIGURE;
      widths[i] = Math.max(widths[i], Math.min(most, Cells.width(cells.get(i))));
    }
  }

  private boolean isShown(int column) {
    return switch (column) {
      case 0, TIME, 3 -> true;
      case 6 -> options.costs() != null && options.width() >= WIDE_ENOUGH_FOR_COSTS;
      default -> options.width() >= WIDE_ENOUGH;
    };
  }

  /** Returns the spaces before what stands so deep; beyond some levels they grow no more. */
  static String indent(int depth) {
    return "  ".repeat(Math.min(depth, DEEPEST_INDENT));
  }

  private List<String> cells(TimelineRow.Attempt row) {
    Trace trace = row.trace();
    TraceCosts costs = options.costs();
    BigDecimal usd = costs == null ? null : costs.usdOf(trace);
    return List.of(
        indent(row.depth()) + (row.beginsStep() ? row.step().index() : ""),
        scale.bar(trace, barWidth),
        Figures.time(scale.offsetMs(trace)),
        trace.metadata().durationMs() == null ? "-" : Figures.time(trace.metadata().durationMs()),
        Cells.harmless(Objects.toString(trace.metadata().model(), "-")),
        Objects.toString(trace.metadata().tokensUsed(), "-"),
        usd == null ? "-" : Figures.usd(usd));
  }

  String head() {
    return paint.in(Paint.DIM, line(HEADS, false, Paint.DIM) + "STATUS");
  }

  /** Returns the lines of an attempt: what does not fit in its own line stands below it. */
  List<String> lines(TimelineRow.Attempt row) {
    String color = Paint.of(row.trace().status());
    String columns = line(cells(row), true, color);
    String indent = indent(row.depth()) + " ".repeat(6);
    List<String> notes =
        WrappedLines.of(
            notes(row), options.width() - lineWidth(), options.width() - indent.length());
    List<String> lines = new ArrayList<>();
    lines.add(columns + paint.in(color, notes.get(0)));
    notes.stream().skip(1).forEach(note -> lines.add(indent + note));
    return lines;
  }

  private int lineWidth() {
    int width = 0;
    for (int column = 0; column < widths.length; column++) {
      width += isShown(column) ? widths[column] + BETWEEN : 0;
    }
    return width;
  }

  private String line(List<String> cells, boolean painted, String color) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      if (isShown(column)) {
        boolean left = column == 0 || column == TIME || column == MODEL;
        String cell = cells.get(column);
        String text = left ? Cells.left(cell, widths[column]) : Cells.right(cell, widths[column]);
        line.append(painted && column == TIME ? paint.in(color, text) : text)
            .append(" ".repeat(BETWEEN));
      }
    }
    return line.toString();
  }

  private static List<String> notes(TimelineRow.Attempt row) {
    List<String> notes = new ArrayList<>();
    Trace trace = row.trace();
    notes.add(Figures.status(trace.status()));
    int attempts = row.call().attempts().size();
    if (attempts > 1) {
      notes.add("attempt " + (row.number() + 1) + " of " + attempts);
    }
    if (row.call().parallel()) {
      notes.add("parallel");
    }
    TraceError error = trace.error();
    if (error != null) {
      notes.add(Cells.harmless(error.toString()));
    }
    List<ToolCall> tools = trace.metadata().toolCalls();
    if (!tools.isEmpty()) {
      notes.add(
          "asks for "
              + tools.stream()
                  .map(tool -> Cells.harmless(tool.name()))
                  .collect(Collectors.joining(", ")));
    }
    return notes;
  }
}
