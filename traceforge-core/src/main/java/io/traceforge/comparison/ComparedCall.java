package io.traceforge.comparison;

import io.traceforge.trace.SessionTimeline.Call;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call of one session beside the call of another one that took its place.
 *
 * @param before the first session's call, or {@code null} if the second one has a call more
 * @param after the second session's call, or {@code null} if it has a call less
 * @param differences in what they differ; nothing if one of them is missing
 */
public record ComparedCall(
    @Nullable Call before, @Nullable Call after, List<Difference> differences) {

  /** Copies the list. */
  public ComparedCall {
    differences = List.copyOf(differences);
  }

  /** Returns whether both are there and differ in nothing but the time that they took. */
  public boolean isSame() {
    return before != null && after != null && differences.stream().noneMatch(Difference::matters);
  }
}
