package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the traces of one step amount to. Immutable. */
@AutoValue
public abstract class StepSummary {
  StepSummary() {}

  static StepSummary of(
      int traces, int calls, int openCalls, int errors, @Nullable String failure) {
    return new AutoValue_StepSummary(traces, calls, openCalls, errors, failure);
  }

  /** Returns the summary of a step's attempts, given in any order. */
  public static StepSummary of(Collection<CallAttempt> attempts) {
    List<CallAttempt> outcomes =
        CallAttempt.groupByCall(attempts).stream().map(call -> call.get(call.size() - 1)).toList();
    int open = count(outcomes, TraceStatus.IN_PROGRESS);
    return of(
        attempts.size(),
        outcomes.size(),
        open,
        count(attempts, TraceStatus.ERROR),
        open > 0 ? null : failureOf(outcomes));
  }

  /** Returns how many traces the step has, attempts included. */
  public abstract int traces();

  /** Returns how many calls the traces make up. */
  public abstract int calls();

  /** Returns how many calls still wait for their answer. */
  public abstract int openCalls();

  /** Returns how many traces ended in an error, those of calls that a retry saved included. */
  public abstract int errors();

  /**
   * Returns the error in which the step ended, or {@code null} if it did not: all its calls have
   * ended, and at least one of them with an error in its last attempt.
   */
  public abstract @Nullable String failure();

  /** Returns how many attempts were retries. */
  public final int retries() {
    return traces() - calls();
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
