package io.traceforge.trace;

import io.traceforge.internal.Cells;
import java.util.ArrayList;
import java.util.List;

/** Draws a timeline for a terminal. */
final class TimelineText {
  private static final int BESIDE_STEP = 6;

  private final TextOptions options;
  private final Paint paint;
  private final TimelineHeader header;
  private final TimelineColumns columns;
  private final SessionTimeline timeline;
  private final List<TimelineRow> rows;
  private final List<String> lines = new ArrayList<>();

  TimelineText(SessionTimeline timeline, TextOptions options) {
    this.timeline = timeline;
    this.options = options;
    paint = new Paint(options.colors());
    header = new TimelineHeader(options);
    rows = TimelineRows.of(timeline);
    columns = new TimelineColumns(options, TimeScale.of(timeline), rows);
  }

  String draw() {
    lines.addAll(header.lines(timeline));
    if (!rows.isEmpty()) {
      lines.add("");
      lines.add(columns.head());
      rows.forEach(this::add);
    }
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line.stripTrailing()).append('\n'));
    return text.toString();
  }

  private void add(TimelineRow row) {
    String indent = TimelineColumns.indent(row.depth());
    if (row instanceof TimelineRow.Attempt attempt) {
      lines.addAll(columns.lines(attempt));
    } else if (row instanceof TimelineRow.Below below) {
      String deep = below.depth() == 1 ? "" : "(level " + below.depth() + ") ";
      lines.addAll(header.below(below.session(), indent + "└ " + deep));
    } else if (row instanceof TimelineRow.Changes changes) {
      String deeper = indent + " ".repeat(BESIDE_STEP);
      lines.addAll(StateChanges.lines(changes.diff(), deeper, options.width(), paint));
    } else if (row instanceof TimelineRow.AtTheEnd) {
      lines.add(indent + " ".repeat(BESIDE_STEP) + "after the last call:");
    } else if (row instanceof TimelineRow.Missing missing) {
      addLoss(indent, missing.gap());
    } else if (row instanceof TimelineRow.LostElsewhere lost) {
      addLoss(indent, Figures.count(lost.calls(), "call") + " lost, nobody knows where");
    }
  }

  private void addLoss(String indent, SessionTimeline.Gap gap) {
    String numbers =
        gap.size() == 1
            ? "number " + gap.firstCallNumber()
            : "numbers " + gap.firstCallNumber() + " to " + gap.lastCallNumber();
    addLoss(indent, Figures.count(gap.size(), "call") + " lost here: " + numbers);
  }

  private void addLoss(String indent, String what) {
    String line = indent + " ".repeat(BESIDE_STEP) + "~~ " + what + " ~~";
    lines.add(paint.in(Paint.RED, Cells.shorten(line, options.width())));
  }
}
