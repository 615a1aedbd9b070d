package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of a session. The names are those of the original TraceForge in camel case. */
@AutoValue
public abstract class SessionMetadata {
  SessionMetadata() {}

  /** Returns a builder for a session in progress with nothing recorded. */
  public static Builder builder(String sessionId) {
    return new AutoValue_SessionMetadata.Builder()
        .sessionId(sessionId)
        .status(SessionStatus.IN_PROGRESS)
        .totalSteps(0)
        .totalCalls(0)
        .totalTraces(0)
        .durationMs(0)
        .modelsUsed(List.of())
        .providers(List.of())
        .usage(TokenUsage.unknown())
        .errorCount(0)
        .retryCount(0)
        .lostTraces(0)
        .lastCallNumber(0);
  }

  /** Returns the session's id. */
  public abstract String sessionId();

  /** Returns where the session stands at the time of reading. */
  public abstract SessionStatus status();

  /** Returns why the session has its status, where that needs a reason. */
  public abstract @Nullable String statusReason();

  /** Returns how many distinct steps have traces. */
  public abstract int totalSteps();

  /** Returns how many calls were made; attempts of one call count once. */
  public abstract int totalCalls();

  /** Returns how many traces are stored; each attempt counts. */
  public abstract int totalTraces();

  /** Returns the start of the first call, or {@code null} if no call is stored. */
  public abstract @Nullable Instant startTime();

  /** Returns the end of the call that ended last, or {@code null} if none has ended. */
  public abstract @Nullable Instant endTime();

  /** Returns the time from the first call's start to the last call's end, in milliseconds. */
  public abstract long durationMs();

  /** Returns the models called, each once, in alphabetical order. */
  public abstract List<String> modelsUsed();

  /** Returns the providers called, each once, in alphabetical order. */
  public abstract List<String> providers();

  /** Returns the tokens of all attempts, by kind. */
  public abstract TokenUsage usage();

  /** Returns how many traces ended in an error, recovered or not. */
  public abstract int errorCount();

  /** Returns how many traces are retries of a call. */
  public abstract int retryCount();

  /** Returns how many calls are known to be missing, wholly or in their end. */
  public abstract long lostTraces();

  /** Returns the highest call number that was stored. */
  public abstract int lastCallNumber();

  /**
   * Returns where the session stood when it ended, or {@code null} if it goes on or that was not
   * told. Lists of sessions leave it out: a state may be 10 KB.
   */
  public abstract @Nullable FinalState finalState();

  /** Returns a builder with these figures. */
  public abstract Builder toBuilder();

  /** Returns all tokens used, 0 if no provider told any. */
  public final long totalTokens() {
    Long total = usage().totalTokens();
    return total == null ? 0 : total;
  }

  /** Builds a {@link SessionMetadata}. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    abstract Builder sessionId(String sessionId);

    /** Sets where the session stands. */
    public abstract Builder status(SessionStatus status);

    /** Sets why it stands there. */
    public abstract Builder statusReason(@Nullable String reason);

    /** Sets how many distinct steps have traces. */
    public abstract Builder totalSteps(int count);

    /** Sets how many calls were made. */
    public abstract Builder totalCalls(int count);

    /** Sets how many traces are stored. */
    public abstract Builder totalTraces(int count);

    /** Sets the start of the first call. */
    public abstract Builder startTime(@Nullable Instant time);

    /** Sets the end of the call that ended last. */
    public abstract Builder endTime(@Nullable Instant time);

    /** Sets the duration in milliseconds. */
    public abstract Builder durationMs(long millis);

    /** Sets the models called. */
    public abstract Builder modelsUsed(List<String> models);

    /** Sets the providers called. */
    public abstract Builder providers(List<String> providers);

    /** Sets the tokens of all attempts. */
    public abstract Builder usage(TokenUsage usage);

    /** Sets how many traces ended in an error. */
    public abstract Builder errorCount(int count);

    /** Sets how many traces are retries. */
    public abstract Builder retryCount(int count);

    /** Sets how many calls are known to be missing. */
    public abstract Builder lostTraces(long count);

    /** Sets the highest call number that was stored. */
    public abstract Builder lastCallNumber(int number);

    /** Sets where the session stood when it ended. */
    public abstract Builder finalState(@Nullable FinalState stood);

    abstract List<String> modelsUsed();

    abstract List<String> providers();

    abstract SessionMetadata autoBuild();

    /** Returns the metadata, with sorted copies of the lists. */
    public final SessionMetadata build() {
      modelsUsed(modelsUsed().stream().distinct().sorted().toList());
      providers(providers().stream().distinct().sorted().toList());
      return autoBuild();
    }
  }
}
