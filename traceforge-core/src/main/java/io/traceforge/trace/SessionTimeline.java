package io.traceforge.trace;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A session in the order in which it happened: steps, in each step its calls, in each call its
 * attempts.
 *
 * @param metadata the session's figures
 * @param steps the steps that have traces, in order of their index
 */
public record SessionTimeline(SessionMetadata metadata, List<Step> steps) {

  /** Copies the list. */
  public SessionTimeline {
    steps = List.copyOf(steps);
  }

  /** Returns the timeline of a session from all its traces, given in any order. */
  public static SessionTimeline of(SessionMetadata metadata, List<Trace> traces) {
    SortedMap<Integer, List<Trace>> byStep = new TreeMap<>();
    traces.forEach(t -> byStep.computeIfAbsent(t.stepIndex(), step -> new ArrayList<>()).add(t));
    List<Step> steps = new ArrayList<>();
    JsonObject stateBefore = new JsonObject();
    for (var entry : byStep.entrySet()) {
      List<Call> calls =
          CallGrouping.group(entry.getValue(), CallAttempt::of).stream().map(Call::new).toList();
      Step step = new Step(entry.getKey(), calls, StateDiff.between(stateBefore, stateOf(calls)));
      stateBefore = step.state();
      steps.add(step);
    }
    return new SessionTimeline(metadata, steps);
  }

  private static JsonObject stateOf(List<Call> calls) {
    return calls.get(calls.size() - 1).lastAttempt().stateSnapshot();
  }

  /**
   * One step.
   *
   * @param index the step's index, from 0
   * @param calls its calls, in order of start; calls that overlap ran in parallel
   * @param stateDiff what changed in the state since the step before
   */
  public record Step(int index, List<Call> calls, StateDiff stateDiff) {

    /** Copies the list. */
    public Step {
      calls = List.copyOf(calls);
    }

    /** Returns the session's state at this step's last call: a fresh copy at each call. */
    public JsonObject state() {
      return stateOf(calls);
    }
  }

  /**
   * One call.
   *
   * @param attempts the traces of its attempts, in order; the last one is the call's outcome
   */
  public record Call(List<Trace> attempts) {

    /** Copies the list. */
    public Call {
      attempts = List.copyOf(attempts);
    }

    /** Returns the attempt that is the call's outcome. */
    public Trace lastAttempt() {
      return attempts.get(attempts.size() - 1);
    }

    /** Returns how the call ended. */
    public TraceStatus status() {
      return lastAttempt().status();
    }

    /** Returns the tokens of all attempts. */
    public TokenUsage usage() {
      return attempts.stream()
          .map(attempt -> attempt.metadata().usage())
          .reduce(TokenUsage.unknown(), TokenUsage::plus);
    }

    /** Returns the time from the session's first call to this one's start, in milliseconds. */
    public long offsetMs(SessionMetadata session) {
      return session.startTime() == null
          ? 0
          : Duration.between(session.startTime(), attempts.get(0).startTime()).toMillis();
    }

    /** Returns the time from the first attempt's start to the last end, in milliseconds. */
    public long durationMs() {
      return attempts.stream()
          .filter(attempt -> attempt.endTime() != null)
          .map(Trace::endTime)
          .max(Comparator.naturalOrder())
          .map(end -> Duration.between(attempts.get(0).startTime(), end).toMillis())
          .orElse(0L);
    }
  }
}
