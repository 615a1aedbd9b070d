package io.traceforge.trace;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts times on a line of so many cells, from the first call's start to the last one's end. */
final class TimeScale {
  private static final char OUTSIDE = '·';
  private static final char WAITING = '░';
  private static final char RUNNING = '█';

  private final Instant start;
  private final long nanos;

  private TimeScale(Instant start, Instant end) {
    this.start = start;
    this.nanos = Math.max(1, Duration.between(start, end).toNanos());
  }

  /** Returns the scale of a session with all those below it. */
  static TimeScale of(SessionTimeline root) {
    Instant start = root.metadata().startTime();
    Instant end = root.metadata().endTime();
    for (SessionTimeline.Descendant below : root.descendants()) {
      SessionMetadata session = below.timeline().metadata();
      start = start == null || isBefore(session.startTime(), start) ? session.startTime() : start;
      end = end == null || isBefore(end, session.endTime()) ? session.endTime() : end;
    }
    Instant from = start == null ? Instant.EPOCH : start;
    return new TimeScale(from, end == null || end.isBefore(from) ? from : end);
  }

  private static boolean isBefore(@Nullable Instant a, @Nullable Instant b) {
    return a != null && b != null && a.isBefore(b);
  }

  long offsetMs(Trace trace) {
    return Duration.between(start, trace.startTime()).toMillis();
  }

  /**
   * Returns a trace as a bar, at least one cell long: light until the first token of a stream, and
   * as long as a call has no answer.
   */
  String bar(Trace trace, int width) {
    Duration total = trace.metadata().timing().total();
    Duration first = trace.metadata().timing().toFirstToken();
    int from = Math.min(width - 1, cell(trace.startTime(), width));
    int to = total == null ? width : cell(trace.startTime().plus(total), width);
    if (total == null && trace.status().isFinal()) {
      to = from;
    }
    to = Math.max(from + 1, to);
    int answer =
        total == null ? to : first == null ? from : cell(trace.startTime().plus(first), width);
    answer = Math.min(total == null ? to : to - 1, Math.max(from, answer));
    return repeat(OUTSIDE, from)
        + repeat(WAITING, answer - from)
        + repeat(RUNNING, to - answer)
        + repeat(OUTSIDE, width - to);
  }

  private int cell(Instant time, int width) {
    double share = (double) Duration.between(start, time).toNanos() / nanos;
    return (int) Math.max(0, Math.min(width, Math.round(share * width)));
  }

  private static String repeat(char c, int times) {
    return String.valueOf(c).repeat(times);
  }
}
