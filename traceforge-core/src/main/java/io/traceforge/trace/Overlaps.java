package io.traceforge.trace;

import io.traceforge.trace.SessionTimeline.Call;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells which calls of a step ran at the same time as another one. */
final class Overlaps {
  private Overlaps() {}

  /**
   * Returns a step's calls, given in order of start, with the mark of those that overlap: that
   * began before an earlier one's end, or whose end came after the next one's beginning.
   */
  static List<Call> mark(List<List<Trace>> attemptsByCall, @Nullable Instant sessionStart) {
    List<Call> calls =
        attemptsByCall.stream().map(attempts -> unmarked(attempts, sessionStart)).toList();
    List<Call> marked = new ArrayList<>(calls.size());
    Instant latestEnd = Instant.MIN;
    for (int i = 0; i < calls.size(); i++) {
      Call call = calls.get(i);
      Instant end = endOf(call);
      boolean nextBeganEarlier = i + 1 < calls.size() && calls.get(i + 1).startTime().isBefore(end);
      boolean parallel = call.startTime().isBefore(latestEnd) || nextBeganEarlier;
      marked.add(Call.of(call.attempts(), parallel, call.offsetMs()));
      latestEnd = end.isAfter(latestEnd) ? end : latestEnd;
    }
    return marked;
  }

  private static Call unmarked(List<Trace> attempts, @Nullable Instant sessionStart) {
    Instant start = attempts.get(0).startTime();
    long offset = sessionStart == null ? 0 : Duration.between(sessionStart, start).toMillis();
    return Call.of(attempts, false, offset);
  }

  /** A call that goes on overlaps all that began later; of one whose end nobody saw, none. */
  private static Instant endOf(Call call) {
    if (!call.status().isFinal()) {
      return Instant.MAX;
    }
    Instant end = call.endTime();
    return end == null ? call.startTime() : end;
  }
}
