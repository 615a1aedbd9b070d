package io.traceforge.trace;

import io.traceforge.internal.Cells;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What stands above a drawn timeline, and in one line above a session below it. */
final class TimelineHeader {
  private final TextOptions options;
  private final Paint paint;

  TimelineHeader(TextOptions options) {
    this.options = options;
    this.paint = new Paint(options.colors());
  }

  List<String> lines(SessionTimeline timeline) {
    SessionMetadata session = timeline.metadata();
    List<String> figures = figures(session);
    if (options.costs() != null) {
      figures.add(cost(timeline, options.costs()));
    }
    List<String> lines = new ArrayList<>();
    lines.addAll(title(session, ""));
    lines.addAll(WrappedLines.of(figures, options.width(), options.width()));
    if (!session.modelsUsed().isEmpty()) {
      lines.add(fit("Models: " + Cells.harmless(String.join(", ", session.modelsUsed()))));
    }
    return lines;
  }

  /** Returns what stands above a session below another one. */
  List<String> below(SessionMetadata session, String indent) {
    return title(session, indent);
  }

  /** The status has a line of its own if the id would leave no room for it. */
  private List<String> title(SessionMetadata session, String indent) {
    String name = indent + "Session " + Cells.harmless(session.sessionId());
    String line = name + ": ";
    int room = options.width() - Cells.width(line);
    if (Cells.width(Figures.status(session.status())) <= room) {
      return List.of(paint.in(Paint.BOLD, line) + status(session, room));
    }
    String below = " ".repeat(Cells.width(indent));
    return List.of(
        paint.in(Paint.BOLD, fit(name)), below + status(session, options.width() - below.length()));
  }

  private String status(SessionMetadata session, int room) {
    return paint.in(Paint.of(session.status()), Cells.shorten(status(session), room));
  }

  private static String status(SessionMetadata session) {
    String status = Figures.status(session.status());
    String reason = session.statusReason();
    return reason == null ? status : status + ", " + Cells.harmless(reason);
  }

  private static List<String> figures(SessionMetadata session) {
    List<String> figures = new ArrayList<>();
    figures.add(Figures.count(session.totalSteps(), "step"));
    figures.add(Figures.count(session.totalCalls(), "call"));
    figures.add(Figures.time(session.durationMs()));
    figures.add(Figures.count(session.totalTokens(), "token"));
    if (session.retryCount() > 0) {
      figures.add(session.retryCount() == 1 ? "1 retry" : session.retryCount() + " retries");
    }
    if (session.lostTraces() > 0) {
      figures.add(session.lostTraces() + " lost");
    }
    return figures;
  }

  private static String cost(SessionTimeline timeline, TraceCosts costs) {
    BigDecimal known = BigDecimal.ZERO;
    boolean all = true;
    for (SessionTimeline.Call call : timeline.calls()) {
      for (Trace attempt : call.attempts()) {
        BigDecimal usd = costs.usdOf(attempt);
        known = usd == null ? known : known.add(usd);
        all &= usd != null;
      }
    }
    return Figures.usd(known) + (all ? "" : " and unknown costs");
  }

  private String fit(String line) {
    return Cells.shorten(line, options.width());
  }
}
