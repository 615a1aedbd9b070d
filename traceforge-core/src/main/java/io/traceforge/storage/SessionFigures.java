package io.traceforge.storage;

import com.google.auto.value.AutoValue;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.StepSummary;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a backend knows of a session, from which its metadata is told at the time of reading. The
 * rules of a session's status stand here, so that all backends agree.
 */
@AutoValue
public abstract class SessionFigures {
  SessionFigures() {}

  /** Returns a builder for a session without traces. */
  public static Builder builder(String sessionId) {
    return new AutoValue_SessionFigures.Builder()
        .sessionId(sessionId)
        .steps(0)
        .calls(0)
        .traces(0)
        .openCalls(0)
        .errors(0)
        .lastStep(0)
        .models(List.of())
        .providers(List.of())
        .usage(TokenUsage.unknown())
        .lastCallNumber(0)
        .standing(SessionStanding.initial());
  }

  /** Returns the figures of a session from all its traces, given in any order. */
  public static SessionFigures of(
      String sessionId, Collection<Trace> traces, SessionStanding standing) {
    return FiguresOfTraces.sum(builder(sessionId), traces).standing(standing).build();
  }

  /** Returns a builder with these figures. */
  public abstract Builder toBuilder();

  /** Returns the session's id. */
  public abstract String sessionId();

  /** Returns how many distinct steps have traces. */
  public abstract int steps();

  /** Returns how many calls the traces make up. */
  public abstract int calls();

  /** Returns how many traces there are. */
  public abstract int traces();

  /** Returns how many calls wait for their answer. */
  public abstract int openCalls();

  /** Returns how many traces ended in an error. */
  public abstract int errors();

  /** Returns the highest step with traces. */
  public abstract int lastStep();

  /** Returns the error in which the last step ended (see {@link StepSummary#failure}), if so. */
  public abstract @Nullable String lastStepFailure();

  /** Returns the start of the first call. */
  public abstract @Nullable Instant firstStart();

  /** Returns the start of the last call. */
  public abstract @Nullable Instant lastStart();

  /** Returns the end of the call that ended last. */
  public abstract @Nullable Instant lastEnd();

  /** Returns the models called. */
  public abstract List<String> models();

  /** Returns the providers called. */
  public abstract List<String> providers();

  /** Returns the tokens of all traces. */
  public abstract TokenUsage usage();

  /** Returns the highest call number among the traces. */
  public abstract int lastCallNumber();

  /** Returns what the session's updates amount to. */
  public abstract SessionStanding standing();

  /** Returns the session's metadata as it stands at a given time. */
  public final SessionMetadata toMetadata(Instant now) {
    SessionMetadata.Builder metadata =
        SessionMetadata.builder(sessionId())
            .totalSteps(steps())
            .totalCalls(calls())
            .totalTraces(traces())
            .startTime(firstStart())
            .endTime(lastEnd())
            .durationMs(durationMs())
            .modelsUsed(models())
            .providers(providers())
            .usage(usage())
            .errorCount(errors())
            .retryCount(traces() - calls())
            .lostTraces(Math.max(standing().lostTraces(), (long) lastCallNumber() - traces()))
            .lastCallNumber(lastCallNumber())
            .finalState(standing().finalState());
    tellStatus(metadata, now);
    return metadata.build();
  }

  private long durationMs() {
    return firstStart() == null || lastEnd() == null
        ? 0
        : Math.max(0, Duration.between(firstStart(), lastEnd()).toMillis());
  }

  private void tellStatus(SessionMetadata.Builder metadata, Instant now) {
    boolean silent = isSilent(now);
    String silence =
        silent ? "silent for longer than " + standing().timeout().toMillis() + " ms" : "";
    if (standing().failure() != null) {
      metadata.status(SessionStatus.FAILED).statusReason(standing().failure());
    } else if (lastStepFailure() != null && (silent || standing().endedAt() != null)) {
      String reason = "step " + lastStep() + " ended in an error: " + lastStepFailure();
      metadata.status(SessionStatus.FAILED).statusReason(reason);
    } else if (silent && openCalls() > 0) {
      String calls = openCalls() == 1 ? "a call" : openCalls() + " calls";
      String reason = silence + " with " + calls + " unanswered";
      metadata.status(SessionStatus.FAILED).statusReason(reason);
    } else if (standing().endedAt() != null) {
      metadata.status(SessionStatus.COMPLETED);
    } else if (silent) {
      metadata.status(SessionStatus.COMPLETED).statusReason(silence);
    } else {
      metadata.status(SessionStatus.IN_PROGRESS);
    }
  }

  private boolean isSilent(Instant now) {
    Instant last = latest(latest(lastStart(), lastEnd()), standing().lastUpdate());
    return last != null && Duration.between(last, now).compareTo(standing().timeout()) > 0;
  }

  static @Nullable Instant latest(@Nullable Instant a, @Nullable Instant b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.isAfter(b) ? a : b;
  }

  /** Builds {@link SessionFigures}. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    abstract Builder sessionId(String sessionId);

    /** Sets how many distinct steps have traces. */
    public abstract Builder steps(int count);

    /** Sets how many calls the traces make up. */
    public abstract Builder calls(int count);

    /** Sets how many traces there are. */
    public abstract Builder traces(int count);

    /** Sets how many calls wait for their answer. */
    public abstract Builder openCalls(int count);

    /** Sets how many traces ended in an error. */
    public abstract Builder errors(int count);

    /** Sets the highest step with traces; 0 if there are none. */
    public abstract Builder lastStep(int index);

    /** Sets the error in which the last step ended. */
    public abstract Builder lastStepFailure(@Nullable String failure);

    /** Sets the start of the first call. */
    public abstract Builder firstStart(@Nullable Instant time);

    /** Sets the start of the last call. */
    public abstract Builder lastStart(@Nullable Instant time);

    /** Sets the end of the call that ended last. */
    public abstract Builder lastEnd(@Nullable Instant time);

    /** Sets the models called, each once. */
    public abstract Builder models(List<String> models);

    /** Sets the providers called, each once. */
    public abstract Builder providers(List<String> providers);

    /** Sets the tokens of all traces. */
    public abstract Builder usage(TokenUsage usage);

    /** Sets the highest call number among the traces. */
    public abstract Builder lastCallNumber(int number);

    /** Sets what the session's updates amount to. */
    public abstract Builder standing(SessionStanding standing);

    abstract List<String> models();

    abstract List<String> providers();

    abstract SessionFigures autoBuild();

    /** Returns the figures, with copies of the lists. */
    public final SessionFigures build() {
      models(List.copyOf(models()));
      providers(List.copyOf(providers()));
      return autoBuild();
    }
  }
}
