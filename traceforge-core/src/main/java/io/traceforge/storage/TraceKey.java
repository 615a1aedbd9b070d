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
   * Returns the key that a page's cursor tells.
   *
   * @param cursor what {@link #toCursor()} returned
   * @throws IllegalArgumentException if it is no such cursor
   */
  public static TraceKey fromCursor(String cursor) {
    String[] parts = cursor.split("~", 3);
    try {
      return new TraceKey(Integer.parseInt(parts[0]), Instant.parse(parts[1]), parts[2]);
    } catch (RuntimeException malformed) {
      throw new IllegalArgumentException("cursor: not one of a page's: " + cursor, malformed);
    }
  }

  /** Returns the key as a page's cursor: a text that {@link #fromCursor} reads. */
  public String toCursor() {
    return stepIndex + "~" + startTime + "~" + traceId;
  }

  /** The same as {@link #toCursor()}, to be read by people. */
  @Override
  public String toString() {
    return toCursor();
  }
}
