package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A session in the order in which it happened: steps, in each step its calls, in each call its
 * attempts; below a call the sessions that were made for it.
 *
 * <p>What calls and steps cost, {@link TraceCosts} tells, as price books do.
 */
public final class SessionTimeline {
  private final SessionMetadata metadata;
  private final List<Step> steps;
  private final List<Gap> gaps;
  private final List<Child> children;

  private SessionTimeline(
      SessionMetadata metadata, List<Step> steps, List<Gap> gaps, List<Child> children) {
    this.metadata = metadata;
    this.steps = List.copyOf(steps);
    this.gaps = List.copyOf(gaps);
    this.children = List.copyOf(children);
  }

  /** Returns the timeline of a session from all its traces, given in any order. */
  public static SessionTimeline of(SessionMetadata metadata, List<Trace> traces) {
    SortedMap<Integer, List<Trace>> byStep = new TreeMap<>();
    traces.forEach(t -> byStep.computeIfAbsent(t.stepIndex(), step -> new ArrayList<>()).add(t));
    List<Step> steps = new ArrayList<>();
    JsonObject stateBefore = new JsonObject();
    for (var entry : byStep.entrySet()) {
      List<Call> calls =
          Overlaps.mark(
              CallGrouping.group(entry.getValue(), CallAttempt::of), metadata.startTime());
      Step step = Step.of(entry.getKey(), calls, StateDiff.between(stateBefore, stateOf(calls)));
      stateBefore = step.state();
      steps.add(step);
    }
    return new SessionTimeline(metadata, steps, CallGaps.among(traces), List.of());
  }

  private static JsonObject stateOf(List<Call> calls) {
    return calls.get(calls.size() - 1).lastAttempt().stateSnapshot();
  }

  /**
   * Returns this timeline with other sessions below its calls, in place of those that it has.
   *
   * @throws IllegalArgumentException if one was made for a trace that is not in this timeline
   */
  public SessionTimeline withChildren(List<Child> children) {
    Set<String> ids = traces().map(Trace::id).collect(Collectors.toSet());
    for (Child child : children) {
      if (!ids.contains(child.parentTraceId())) {
        throw new IllegalArgumentException(
            "children: expected a trace of session "
                + metadata.sessionId()
                + " as parent, got "
                + child.parentTraceId());
      }
    }
    return new SessionTimeline(metadata, steps, gaps, children);
  }

  /** Returns the session's figures. */
  public SessionMetadata metadata() {
    return metadata;
  }

  /** Returns the steps that have traces, in order of their index. */
  public List<Step> steps() {
    return steps;
  }

  /** Returns the calls of all steps, in order. */
  public List<Call> calls() {
    return steps.stream().flatMap(step -> step.calls().stream()).toList();
  }

  /** Returns the call numbers that no trace bears, in order. */
  public List<Gap> gaps() {
    return gaps;
  }

  /**
   * Returns what changed in the state after the last call, as far as the session's end told it (see
   * {@link SessionMetadata#finalState}).
   */
  public StateDiff finalStateDiff() {
    FinalState stood = metadata.finalState();
    JsonObject last = steps.isEmpty() ? new JsonObject() : steps.get(steps.size() - 1).state();
    return StateDiff.between(last, stood == null ? last : stood.state());
  }

  /** Returns the gaps that lie just before a call or one of its attempts. */
  public List<Gap> gapsBefore(Call call) {
    return gaps.stream().filter(gap -> call.has(gap.nextTraceId())).toList();
  }

  /**
   * Returns how many of {@link SessionMetadata#lostTraces()} are in no gap: calls after the last
   * one that is stored, or ends of calls whose beginning is.
   */
  public long lostElsewhere() {
    return Math.max(0, metadata.lostTraces() - gaps.stream().mapToLong(Gap::size).sum());
  }

  /** Returns the sessions that were made for calls of this one. */
  public List<Child> children() {
    return children;
  }

  /** Returns the sessions that were made for a call. */
  public List<SessionTimeline> childrenOf(Call call) {
    return children.stream()
        .filter(child -> call.has(child.parentTraceId()))
        .map(Child::timeline)
        .toList();
  }

  /**
   * Returns all sessions below this one, however deep: each before those below it. So the whole
   * hierarchy can be walked through without recursion, which thousands of levels would be too many
   * for.
   */
  public List<Descendant> descendants() {
    return Hierarchy.below(this);
  }

  /**
   * Draws this timeline for a terminal, without colours and costs.
   *
   * @param width how many cells a line has at most, 40 or more
   */
  public String toText(int width) {
    return toText(TextOptions.ofWidth(width));
  }

  /**
   * Draws this timeline for a terminal: figures, then a line for each attempt with a bar on the
   * time scale of the whole hierarchy, below each step what it changed in the state. What was
   * recorded cannot control the terminal: its control characters are shown, not sent.
   */
  public String toText(TextOptions options) {
    return new TimelineText(this, options).draw();
  }

  /**
   * Returns this timeline as a JSON object without line breaks, with the names of the original
   * TraceForge. {@code docs/trace-format.md} describes it.
   */
  public String toJson() {
    return new TimelineJsonWriter(null).write(this);
  }

  /** Returns this timeline as JSON, with what its calls cost where that is known. */
  public String toJson(TraceCosts costs) {
    return new TimelineJsonWriter(costs).write(this);
  }

  private Stream<Trace> traces() {
    return calls().stream().flatMap(call -> call.attempts().stream());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SessionTimeline timeline
        && Hierarchy.parts(this).equals(Hierarchy.parts(timeline));
  }

  @Override
  public int hashCode() {
    return Objects.hash(metadata, steps);
  }

  /** No more than what the session is: what it held may be confidential. */
  @Override
  public String toString() {
    return "SessionTimeline{"
        + metadata.sessionId()
        + ", "
        + steps.size()
        + " steps, "
        + children.size()
        + " children}";
  }

  /**
   * Calls that were lost: numbers between those that are known.
   *
   * @param firstCallNumber the first number that is missing
   * @param lastCallNumber the last number that is missing
   * @param nextTraceId the trace that has the number after that
   */
  public record Gap(int firstCallNumber, int lastCallNumber, String nextTraceId) {

    /** Returns how many calls are missing. */
    public long size() {
      return (long) lastCallNumber - firstCallNumber + 1;
    }
  }

  /**
   * A session that was made for a call of another one.
   *
   * @param parentTraceId the trace for which it was made
   * @param timeline the session
   */
  public record Child(String parentTraceId, SessionTimeline timeline) {}

  /**
   * A session below another one.
   *
   * @param depth how deep: 1 for a child, 2 for a child's child
   * @param parentTraceId the trace for which it was made
   * @param timeline the session
   */
  public record Descendant(int depth, String parentTraceId, SessionTimeline timeline) {}

  /** One step. */
  @AutoValue
  public abstract static class Step {
    Step() {}

    private static Step of(int index, List<Call> calls, StateDiff stateDiff) {
      return new AutoValue_SessionTimeline_Step(index, List.copyOf(calls), stateDiff);
    }

    /** Returns the step's index, from 0. */
    public abstract int index();

    /** Returns the step's calls, in order of start. */
    public abstract List<Call> calls();

    /** Returns what changed in the state since the step before. */
    public abstract StateDiff stateDiff();

    /** Returns the session's state at this step's last call: a fresh copy at each call. */
    public final JsonObject state() {
      return stateOf(calls());
    }

    /** Returns the tokens of all calls. */
    public final TokenUsage usage() {
      return calls().stream().map(Call::usage).reduce(TokenUsage.unknown(), TokenUsage::plus);
    }

    /** Returns the time from the session's first call to this step's first, in milliseconds. */
    public final long offsetMs() {
      return calls().get(0).offsetMs();
    }

    /** Returns the time from the first call's start to the last call's end, in milliseconds. */
    public final long durationMs() {
      return msUntil(calls().get(0).startTime(), calls().stream().map(Call::endTime));
    }
  }

  /** One call. */
  @AutoValue
  public abstract static class Call {
    Call() {}

    static Call of(List<Trace> attempts, boolean parallel, long offsetMs) {
      return new AutoValue_SessionTimeline_Call(List.copyOf(attempts), parallel, offsetMs);
    }

    /** Returns the traces of the call's attempts, in order; the last one is its outcome. */
    public abstract List<Trace> attempts();

    /** Returns whether another call of its step was under way at the same time. */
    public abstract boolean parallel();

    /** Returns the time from the session's first call to this one's start, in milliseconds. */
    public abstract long offsetMs();

    /** Returns the attempt that is the call's outcome. */
    public final Trace lastAttempt() {
      return attempts().get(attempts().size() - 1);
    }

    /** Returns how the call ended. */
    public final TraceStatus status() {
      return lastAttempt().status();
    }

    /** Returns why the call failed or was cancelled, or {@code null} if it did not. */
    public final @Nullable TraceError error() {
      return lastAttempt().error();
    }

    /** Returns the model called, or {@code null} if it is not known. */
    public final @Nullable String model() {
      return lastAttempt().metadata().model();
    }

    /** Returns the tool calls that the model asked for, in order. */
    public final List<ToolCall> toolCalls() {
      return lastAttempt().metadata().toolCalls();
    }

    /** Returns the trace that the call was made for, or {@code null} if the caller set none. */
    public final @Nullable String parentTraceId() {
      return lastAttempt().parentTraceId();
    }

    /** Returns the tokens of all attempts. */
    public final TokenUsage usage() {
      return attempts().stream()
          .map(attempt -> attempt.metadata().usage())
          .reduce(TokenUsage.unknown(), TokenUsage::plus);
    }

    /** Returns when the first attempt began. */
    public final Instant startTime() {
      return attempts().get(0).startTime();
    }

    /** Returns when the attempt that ended last ended, or {@code null} if none has. */
    public final @Nullable Instant endTime() {
      return attempts().stream()
          .map(Trace::endTime)
          .filter(Objects::nonNull)
          .max(Comparator.naturalOrder())
          .orElse(null);
    }

    /** Returns the time from the first attempt's start to the last end, in milliseconds. */
    public final long durationMs() {
      return msUntil(startTime(), attempts().stream().map(Trace::endTime));
    }

    /**
     * Returns the time from the last attempt's start to the first token of its stream, in
     * milliseconds; {@code null} if it was no stream or brought none.
     */
    public final @Nullable Long timeToFirstTokenMs() {
      Duration first = lastAttempt().metadata().timing().toFirstToken();
      return first == null ? null : first.toMillis();
    }

    /** Returns whether a trace is one of the attempts. */
    boolean has(String traceId) {
      return attempts().stream().anyMatch(attempt -> attempt.id().equals(traceId));
    }
  }

  private static long msUntil(Instant start, Stream<@Nullable Instant> ends) {
    return ends.filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .map(end -> Duration.between(start, end).toMillis())
        .orElse(0L);
  }
}
