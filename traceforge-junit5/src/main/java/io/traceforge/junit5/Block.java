package io.traceforge.junit5;

import io.traceforge.trace.Trace;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Calls that stay together in a cassette.
 *
 * @param traces in order, at least one
 * @param start when the first began, of those that count for the order
 * @param end when the last of those ended
 */
record Block(List<Trace> traces, Instant start, Instant end) {

  /** Returns a call with what was done for it, which may have gone on after the call's end. */
  static Block of(Trace call, List<Trace> below) {
    List<Trace> traces = new ArrayList<>(List.of(call));
    traces.addAll(below);
    return new Block(traces, call.startTime(), endOf(call));
  }

  /** Returns a whole session, with those below it. */
  static Block of(List<Trace> session) {
    return new Block(
        session,
        Collections.min(session.stream().map(Trace::startTime).toList()),
        Collections.max(session.stream().map(Block::endOf).toList()));
  }

  private static Instant endOf(Trace trace) {
    Instant end = trace.endTime();
    return end == null ? trace.startTime() : end;
  }
}
