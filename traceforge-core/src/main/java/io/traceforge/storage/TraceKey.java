package io.traceforge.storage;

import io.traceforge.trace.Trace;
import java.time.Instant;
import java.util.Comparator;

/**
 * The place of a trace in a listing. It never changes, so a page that goes on after a key neither
 * skips nor repeats a trace while others are written.
 *
 * @param stepIndex the trace's step
 * @param startTime the trace's start
 * @param traceId the trace's id
 */
public record TraceKey(int stepIndex, Instant startTime, String traceId) {
  /** The order of traces of several sessions. */
  static final Comparator<TraceKey> BY_START =
      Comparator.comparing(TraceKey::startTime).thenComparing(TraceKey::traceId);

  /** The order of traces within a session. */
  static final Comparator<TraceKey> BY_STEP =
      Comparator.comparingInt(TraceKey::stepIndex).thenComparing(BY_START);

  /** Returns a trace's key. */
  public static TraceKey of(Trace trace) {
    return new TraceKey(trace.stepIndex(), trace.startTime(), trace.id());
  }

  /**
   * Returns the key that {@link #toString()} wrote.
   *
   * @throws IllegalArgumentException if the text is not such a key
   */
  public static TraceKey parse(String cursor) {
    String[] parts = cursor.split("~", 3);
    try {
      return new TraceKey(Integer.parseInt(parts[0]), Instant.parse(parts[1]), parts[2]);
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException("cursor: not one of a page's: " + cursor, malformed);
    }
  }

  /** Returns the key as text, fit for a page's cursor. */
  @Override
  public String toString() {
    return stepIndex + "~" + startTime + "~" + traceId;
  }
}
