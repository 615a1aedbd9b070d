package io.traceforge.comparison;

import com.google.auto.value.AutoValue;
import io.traceforge.trace.SessionTimeline.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A call of one session beside the call of another one that took its place. Immutable. */
@AutoValue
public abstract class ComparedCall {
  ComparedCall() {}

  static ComparedCall of(
      @Nullable Call before, @Nullable Call after, List<Difference> differences) {
    return new AutoValue_ComparedCall(before, after, List.copyOf(differences));
  }

  /** Returns the first session's call, or {@code null} if the second one has a call more. */
  public abstract @Nullable Call before();

  /** Returns the second session's call, or {@code null} if it has a call less. */
  public abstract @Nullable Call after();

  /** Returns in what the calls differ; nothing if one of them is missing. */
  public abstract List<Difference> differences();

  /** Returns whether both are there and differ in nothing but the time that they took. */
  public final boolean isSame() {
    return before() != null
        && after() != null
        && differences().stream().noneMatch(Difference::matters);
  }
}
