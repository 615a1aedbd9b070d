package io.traceforge.trace;

import io.traceforge.trace.SessionTimeline.Call;
import io.traceforge.trace.SessionTimeline.Gap;
import io.traceforge.trace.SessionTimeline.Step;

/** One thing to draw, as deep as it stands in the hierarchy. */
sealed interface TimelineRow {
  int depth();

  /** The beginning of a session below another one. */
  record Below(int depth, SessionMetadata session) implements TimelineRow {}

  /** Calls that were lost here. */
  record Missing(int depth, Gap gap) implements TimelineRow {}

  /** An attempt of a call, from 0. */
  record Attempt(int depth, Step step, Call call, int number) implements TimelineRow {
    Trace trace() {
      return call.attempts().get(number);
    }

    /** Whether the step's number stands here. */
    boolean beginsStep() {
      return number == 0 && step.calls().get(0).attempts().get(0).id().equals(trace().id());
    }
  }

  /** What a step changed in the state. */
  record Changes(int depth, StateDiff diff) implements TimelineRow {}

  /** Stands above what changed in the state after the last call. */
  record AtTheEnd(int depth) implements TimelineRow {}

  /** Calls that were lost nobody knows where. */
  record LostElsewhere(int depth, long calls) implements TimelineRow {}
}
