package io.traceforge.storage.sqlite;

import io.traceforge.storage.SessionFigures;
import io.traceforge.trace.TokenUsage;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The figures of a session that traces can be added to, but not always taken from. */
final class SessionTotals {
  private @Nullable Instant firstStart;
  private @Nullable Instant lastStart;
  private @Nullable Instant lastEnd;
  private final SortedSet<String> models;
  private final SortedSet<String> providers;
  private TokenUsage usage;
  private int lastCallNumber;

  private SessionTotals(SessionFigures figures) {
    firstStart = figures.firstStart();
    lastStart = figures.lastStart();
    lastEnd = figures.lastEnd();
    models = new TreeSet<>(figures.models());
    providers = new TreeSet<>(figures.providers());
    usage = figures.usage();
    lastCallNumber = figures.lastCallNumber();
  }

  static SessionTotals of(SessionFigures figures) {
    return new SessionTotals(figures);
  }

  /** Adds a session's traces up. */
  static SessionTotals sum(String sessionId, List<TraceFacts> traces) {
    SessionTotals totals = of(SessionFigures.builder(sessionId).build());
    traces.forEach(totals::add);
    return totals;
  }

  void add(TraceFacts trace) {
    Instant start = trace.attempt().startTime();
    Instant end = trace.attempt().endTime();
    firstStart = firstStart == null || start.isBefore(firstStart) ? start : firstStart;
    lastStart = lastStart == null || start.isAfter(lastStart) ? start : lastStart;
    if (end != null && (lastEnd == null || end.isAfter(lastEnd))) {
      lastEnd = end;
    }
    if (trace.model() != null) {
      models.add(trace.model());
    }
    if (trace.provider() != null) {
      providers.add(trace.provider());
    }
    usage = usage.plus(trace.usage());
    lastCallNumber = Math.max(lastCallNumber, trace.callNumber());
  }

  /**
   * Returns whether adding a trace's new version gives the right totals although its old version
   * was added before: true for the usual case, a call in progress that has now ended.
   */
  static boolean canReplace(TraceFacts old, TraceFacts changed) {
    return changed.attempt().startTime().equals(old.attempt().startTime())
        && old.attempt().endTime() == null
        && (old.model() == null || old.model().equals(changed.model()))
        && (old.provider() == null || old.provider().equals(changed.provider()))
        && old.usage().equals(TokenUsage.unknown())
        && old.callNumber() <= changed.callNumber();
  }

  SessionFigures.Builder addTo(SessionFigures.Builder figures) {
    return figures
        .firstStart(firstStart)
        .lastStart(lastStart)
        .lastEnd(lastEnd)
        .models(List.copyOf(models))
        .providers(List.copyOf(providers))
        .usage(usage)
        .lastCallNumber(lastCallNumber);
  }
}
