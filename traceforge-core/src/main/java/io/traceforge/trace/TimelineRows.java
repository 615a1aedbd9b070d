package io.traceforge.trace;

import io.traceforge.trace.SessionTimeline.Call;
import io.traceforge.trace.SessionTimeline.Step;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Lists what is to be drawn of a timeline, sessions below others included, without recursion. */
final class TimelineRows {
  private final List<TimelineRow> rows = new ArrayList<>();
  private final Deque<Runnable> waiting = new ArrayDeque<>();

  private TimelineRows() {}

  static List<TimelineRow> of(SessionTimeline root) {
    TimelineRows list = new TimelineRows();
    list.begin(root, 0);
    while (!list.waiting.isEmpty()) {
      list.waiting.pop().run();
    }
    return list.rows;
  }

  private void begin(SessionTimeline session, int depth) {
    List<Runnable> parts = new ArrayList<>();
    for (Step step : session.steps()) {
      addParts(parts, session, step, depth);
    }
    StateDiff atTheEnd = session.finalStateDiff();
    if (!atTheEnd.isEmpty()) {
      parts.add(() -> rows.add(new TimelineRow.AtTheEnd(depth)));
      parts.add(() -> rows.add(new TimelineRow.Changes(depth, atTheEnd)));
    }
    if (session.lostElsewhere() > 0) {
      parts.add(() -> rows.add(new TimelineRow.LostElsewhere(depth, session.lostElsewhere())));
    }
    doNext(parts);
  }

  /** What the step changed stands with it: before the first session that hangs below it. */
  private void addParts(List<Runnable> parts, SessionTimeline session, Step step, int depth) {
    boolean toTell = !step.stateDiff().isEmpty();
    for (Call call : step.calls()) {
      parts.add(() -> add(session, step, call, depth));
      List<SessionTimeline> children = session.childrenOf(call);
      if (toTell && !children.isEmpty()) {
        parts.add(() -> rows.add(new TimelineRow.Changes(depth, step.stateDiff())));
        toTell = false;
      }
      children.forEach(child -> parts.add(() -> addBelow(child, depth + 1)));
    }
    if (toTell) {
      parts.add(() -> rows.add(new TimelineRow.Changes(depth, step.stateDiff())));
    }
  }

  private void add(SessionTimeline session, Step step, Call call, int depth) {
    session.gapsBefore(call).forEach(gap -> rows.add(new TimelineRow.Missing(depth, gap)));
    for (int number = 0; number < call.attempts().size(); number++) {
      rows.add(new TimelineRow.Attempt(depth, step, call, number));
    }
  }

  private void addBelow(SessionTimeline child, int depth) {
    rows.add(new TimelineRow.Below(depth, child.metadata()));
    begin(child, depth);
  }

  private void doNext(List<Runnable> parts) {
    for (int i = parts.size() - 1; i >= 0; i--) {
      waiting.push(parts.get(i));
    }
  }
}
