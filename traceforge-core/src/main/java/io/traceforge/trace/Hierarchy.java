package io.traceforge.trace;

import io.traceforge.trace.SessionTimeline.Child;
import io.traceforge.trace.SessionTimeline.Descendant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Walks through nested sessions without recursion, which would end at some thousand levels. */
final class Hierarchy {
  private Hierarchy() {}

  /** Returns all sessions below one, each before those below it. */
  static List<Descendant> below(SessionTimeline root) {
    List<Descendant> found = new ArrayList<>();
    Deque<Descendant> waiting = new ArrayDeque<>();
    putBefore(waiting, root, 1);
    while (!waiting.isEmpty()) {
      Descendant next = waiting.pop();
      found.add(next);
      putBefore(waiting, next.timeline(), next.depth() + 1);
    }
    return found;
  }

  private static void putBefore(Deque<Descendant> waiting, SessionTimeline parent, int depth) {
    List<Child> children = parent.children();
    for (int i = children.size() - 1; i >= 0; i--) {
      Child child = children.get(i);
      waiting.push(new Descendant(depth, child.parentTraceId(), child.timeline()));
    }
  }

  /** Returns all that makes a timeline what it is, in a list that is not nested. */
  static List<Object> parts(SessionTimeline root) {
    List<Object> parts = new ArrayList<>(List.of(root.metadata(), root.steps()));
    for (Descendant below : below(root)) {
      parts.add(below.depth());
      parts.add(below.parentTraceId());
      parts.add(below.timeline().metadata());
      parts.add(below.timeline().steps());
    }
    return parts;
  }
}
