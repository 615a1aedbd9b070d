package io.traceforge.junit5;

import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of calls in a cassette. A call comes after all that had ended before it began; of calls
 * that ran side by side, chance decides which begins first, so they are ordered by what they say.
 */
final class CallOrder {
  private static final Comparator<Trace> BY_CONTENT =
      Comparator.comparingInt(Trace::stepIndex)
          .thenComparing(trace -> trace.request().method())
          .thenComparing(trace -> trace.request().endpoint())
          .thenComparing(trace -> text(trace.request().body()))
          .thenComparing(trace -> text(trace.response() == null ? null : trace.response().body()))
          .thenComparing(Trace::stateJson)
          .thenComparing(Trace::startTime);

  private CallOrder() {}

  static List<Trace> of(List<Trace> traces) {
    List<Trace> left = new ArrayList<>(traces);
    left.sort(BY_CONTENT);
    List<Trace> ordered = new ArrayList<>(left.size());
    while (!left.isEmpty()) {
      ordered.add(left.remove(next(left)));
    }
    return ordered;
  }

  /** Returns the first that began before any of the others had ended. */
  private static int next(List<Trace> left) {
    Instant firstEnd =
        left.stream().map(CallOrder::end).min(Comparator.naturalOrder()).orElseThrow();
    for (int i = 0; i < left.size(); i++) {
      Trace trace = left.get(i);
      if (trace.startTime().isBefore(firstEnd) || end(trace).equals(firstEnd)) {
        return i;
      }
    }
    throw new IllegalStateException("none ends first");
  }

  private static Instant end(Trace trace) {
    Instant end = trace.endTime();
    return end == null ? trace.startTime() : end;
  }

  private static String text(@Nullable TraceBody body) {
    return body == null ? "" : body.text();
  }
}
