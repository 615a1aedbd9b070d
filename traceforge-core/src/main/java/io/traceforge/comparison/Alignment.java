package io.traceforge.comparison;

import io.traceforge.trace.CallAttempt;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.SessionTimeline.Call;
import io.traceforge.trace.SessionTimeline.Step;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the calls of two sessions side by side. Sessions with the same step indices are aligned by
 * them. Others have steps inserted or left out: then steps with equal requests are put side by
 * side, as many as possible in order, and what lies between them is paired in order.
 */
final class Alignment {
  /** Two sessions of two thousand steps each: the table takes as many numbers. */
  private static final long LARGEST_TABLE = 4_000_000;

  /** A pair of which one may be missing. */
  record Pair<T>(@Nullable T before, @Nullable T after) {}

  private Alignment() {}

  static List<Pair<Call>> of(SessionTimeline before, SessionTimeline after) {
    List<Pair<Call>> calls = new ArrayList<>();
    for (Pair<Step> steps : steps(before.steps(), after.steps())) {
      calls.addAll(calls(callsOf(steps.before), callsOf(steps.after)));
    }
    return calls;
  }

  /**
   * Puts the calls of a step side by side. If one session has more of them, an unanswered one may
   * be left of a process that died: then what was answered comes first.
   */
  private static List<Pair<Call>> calls(List<Call> before, List<Call> after) {
    return before.size() == after.size()
        ? inOrder(before, after)
        : inOrder(answeredFirst(before), answeredFirst(after));
  }

  private static List<Call> answeredFirst(List<Call> calls) {
    return calls.stream()
        .sorted(Comparator.comparing((Call call) -> !call.status().isFinal()))
        .toList();
  }

  private static List<Call> callsOf(@Nullable Step step) {
    return step == null ? List.of() : step.calls();
  }

  private static List<Pair<Step>> steps(List<Step> before, List<Step> after) {
    boolean sameIndices =
        before.stream().map(Step::index).toList().equals(after.stream().map(Step::index).toList());
    return sameIndices || (long) before.size() * after.size() > LARGEST_TABLE
        ? inOrder(before, after)
        : byContent(before, after);
  }

  private static <T> List<Pair<T>> inOrder(List<T> before, List<T> after) {
    List<Pair<T>> pairs = new ArrayList<>();
    for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
      pairs.add(
          new Pair<>(
              i < before.size() ? before.get(i) : null, i < after.size() ? after.get(i) : null));
    }
    return pairs;
  }

  private static List<Pair<Step>> byContent(List<Step> before, List<Step> after) {
    List<List<String>> a = before.stream().map(Alignment::requests).toList();
    List<List<String>> b = after.stream().map(Alignment::requests).toList();
    int[][] longest = longestCommon(a, b);
    List<Pair<Step>> pairs = new ArrayList<>();
    int doneA = 0;
    int doneB = 0;
    int i = 0;
    int j = 0;
    while (i < a.size() && j < b.size()) {
      if (a.get(i).equals(b.get(j))) {
        pairs.addAll(inOrder(before.subList(doneA, i), after.subList(doneB, j)));
        pairs.add(new Pair<>(before.get(i), after.get(j)));
        doneA = ++i;
        doneB = ++j;
      } else if (longest[i + 1][j] >= longest[i][j + 1]) {
        i++;
      } else {
        j++;
      }
    }
    pairs.addAll(inOrder(before.subList(doneA, before.size()), after.subList(doneB, after.size())));
    return pairs;
  }

  /** Returns the length of the longest common subsequence from each pair of places on. */
  private static int[][] longestCommon(List<?> a, List<?> b) {
    int[][] longest = new int[a.size() + 1][b.size() + 1];
    for (int i = a.size() - 1; i >= 0; i--) {
      for (int j = b.size() - 1; j >= 0; j--) {
        longest[i][j] =
            a.get(i).equals(b.get(j))
                ? longest[i + 1][j + 1] + 1
                : Math.max(longest[i + 1][j], longest[i][j + 1]);
      }
    }
    return longest;
  }

  private static List<String> requests(Step step) {
    return step.calls().stream()
        .map(call -> CallAttempt.fingerprint(call.lastAttempt().request()))
        .toList();
  }
}
