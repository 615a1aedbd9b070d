package io.traceforge.comparison;

import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.TraceCosts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What differs between two sessions, call by call: say, yesterday's run of an agent and today's.
 *
 * <p>Steps are put side by side by their index. If the sessions have not the same steps, those with
 * equal requests are put side by side, and what lies between them in order; within a step calls are
 * in order, those without an answer last if one session has more calls than the other. Sessions
 * below others are sessions of their own, and not compared.
 */
public final class SessionComparison {
  private final SessionTimeline before;
  private final SessionTimeline after;
  private final List<ComparedCall> calls;

  private SessionComparison(
      SessionTimeline before, SessionTimeline after, @Nullable TraceCosts costs) {
    this.before = before;
    this.after = after;
    CallComparison comparison = new CallComparison(costs);
    calls =
        Alignment.of(before, after).stream()
            .map(pair -> comparison.compare(pair.before(), pair.after()))
            .toList();
  }

  /** Compares two sessions, costs aside. */
  public static SessionComparison between(SessionTimeline before, SessionTimeline after) {
    return new SessionComparison(before, after, null);
  }

  /** Compares two sessions, with their costs as a price book tells them. */
  public static SessionComparison between(
      SessionTimeline before, SessionTimeline after, TraceCosts costs) {
    return new SessionComparison(before, after, costs);
  }

  /** Returns all calls of both sessions side by side, those that do not differ too. */
  public List<ComparedCall> calls() {
    return calls;
  }

  /** Returns whether no call is missing or differs in anything but the time that it took. */
  public boolean isEmpty() {
    return calls.stream().allMatch(ComparedCall::isSame);
  }

  /**
   * Returns the differences for people.
   *
   * @param width how many cells of a terminal a line has at most, 40 or more
   * @throws IllegalArgumentException if the width is less than 40
   */
  public String toText(int width) {
    return new ComparisonText(before.metadata(), after.metadata(), width).write(calls);
  }
}
