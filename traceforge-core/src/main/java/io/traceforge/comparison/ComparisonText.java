package io.traceforge.comparison;

import io.traceforge.internal.Cells;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what differs, in lines of a given width. */
final class ComparisonText {
  private static final int NARROWEST = 40;

  /** How much of what is equal stands before the first difference of long texts. */
  private static final int CONTEXT = 12;

  private final SessionMetadata before;
  private final SessionMetadata after;
  private final int width;
  private final StringBuilder text = new StringBuilder();

  ComparisonText(SessionMetadata before, SessionMetadata after, int width) {
    if (width < NARROWEST) {
      throw new IllegalArgumentException("width: expected at least 40, got " + width);
    }
    this.before = before;
    this.after = after;
    this.width = width;
  }

  String write(List<ComparedCall> calls) {
    long different = calls.stream().filter(call -> !call.isSame()).count();
    write("- ", before);
    write("+ ", after);
    line(different == 0 ? "No call differs" : different + " of " + calls.size() + " calls differ");
    calls.stream().filter(call -> !call.isSame()).forEach(this::write);
    return text.toString();
  }

  private void write(String sign, SessionMetadata session) {
    line(sign + "Session " + session.sessionId());
    line(
        "  %d steps, %d calls, %d tokens, %d ms"
            .formatted(
                session.totalSteps(),
                session.totalCalls(),
                session.totalTokens(),
                session.durationMs()));
  }

  private void write(ComparedCall call) {
    text.append('\n');
    line(place(call.before(), call.after()));
    call.differences().forEach(this::write);
  }

  private static String place(@Nullable Call before, @Nullable Call after) {
    if (after == null) {
      return before == null ? "" : "Step " + stepOf(before) + ": a call less";
    }
    if (before == null) {
      return "Step " + stepOf(after) + ": a call more";
    }
    int step = stepOf(before);
    return step == stepOf(after) ? "Step " + step : "Step " + step + ", now " + stepOf(after);
  }

  private static int stepOf(Call call) {
    return call.lastAttempt().stepIndex();
  }

  private void write(Difference difference) {
    String a = difference.before();
    String b = difference.after();
    String what = "  " + Cells.harmless(difference.what());
    String both = what + ": " + shown(a) + " → " + shown(b);
    if (Cells.width(both) <= width) {
      line(both);
      return;
    }
    int from = firstDifference(a, b);
    line(what);
    line("    - " + from(a, from));
    line("    + " + from(b, from));
  }

  private static String shown(String value) {
    return value.isEmpty() ? "nothing" : Cells.harmless(value);
  }

  /** Returns where texts begin to differ, a little earlier, at the beginning of a character. */
  private static int firstDifference(String a, String b) {
    int place = 0;
    while (place < Math.min(a.length(), b.length()) && a.charAt(place) == b.charAt(place)) {
      place++;
    }
    int from = place - CONTEXT <= CONTEXT ? 0 : place - CONTEXT;
    return from > 0 && Character.isLowSurrogate(a.charAt(from)) ? from - 1 : from;
  }

  private static String from(String value, int from) {
    return from == 0 ? shown(value) : "…" + Cells.harmless(value.substring(from));
  }

  private void line(String line) {
    text.append(Cells.shorten(Cells.harmless(line), width)).append('\n');
  }
}
