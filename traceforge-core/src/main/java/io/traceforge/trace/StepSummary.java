package io.traceforge.trace;

import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the traces of one step amount to.
 *
 * @param traces how many traces the step has, attempts included
 * @param calls how many calls they make up
 * @param openCalls how many calls still wait for their answer
 * @param errors how many traces ended in an error, those of calls that a retry saved included
 * @param failure the error in which the step ended, or {@code null} if it did not: all its calls
 *     have ended, and at least one of them with an error in its last attempt
 */
public record StepSummary(
    int traces, int calls, int openCalls, int errors, @Nullable String failure) {

  /** Returns the summary of a step's attempts, given in any order. */
  public static StepSummary of(Collection<CallAttempt> attempts) {
    List<CallAttempt> outcomes =
        CallAttempt.groupByCall(attempts).stream().map(call -> call.get(call.size() - 1)).toList();
    int open = count(outcomes, TraceStatus.IN_PROGRESS);
    return new StepSummary(
        attempts.size(),
        outcomes.size(),
        open,
        count(attempts, TraceStatus.ERROR),
        open > 0 ? null : failureOf(outcomes));
  }

  /** Returns how many attempts were retries. */
  public int retries() {
    return traces - calls;
  }

  private static int count(Collection<CallAttempt> attempts, TraceStatus status) {
    return (int) attempts.stream().filter(attempt -> attempt.status() == status).count();
  }

  private static @Nullable String failureOf(List<CallAttempt> outcomes) {
    for (CallAttempt outcome : outcomes) {
      if (outcome.status() == TraceStatus.ERROR) {
        return outcome.error() == null ? "error" : outcome.error();
      }
    }
    return null;
  }
}
