package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a call was about, read from its request and response, and how long it took. */
@AutoValue
public abstract class TraceMetadata {
  private static final double NANOS_PER_SECOND = 1e9;

  TraceMetadata() {}

  /** Returns a builder in which nothing is known. */
  public static Builder builder() {
    return new AutoValue_TraceMetadata.Builder()
        .finishReasons(List.of())
        .toolCalls(List.of())
        .usage(TokenUsage.unknown())
        .timing(TraceTiming.none());
  }

  /** Returns a builder with this metadata's values. */
  public abstract Builder toBuilder();

  /** Returns the provider whose wire format was spoken, such as {@code openai}. */
  public abstract @Nullable String provider();

  /**
   * Returns the kind of call, in the terms of OpenTelemetry's {@code gen_ai.operation.name}: {@code
   * chat}, {@code text_completion}, {@code embeddings}.
   */
  public abstract @Nullable String operation();

  /** Returns the model that the request named. */
  public abstract @Nullable String requestModel();

  /** Returns the model that the response named. */
  public abstract @Nullable String responseModel();

  /** Returns the provider's id of the response. */
  public abstract @Nullable String responseId();

  /** Returns why the model stopped, for each choice in order. */
  public abstract List<String> finishReasons();

  /** Returns the tool calls that the model asked for, in order. */
  public abstract List<ToolCall> toolCalls();

  /** Returns the tokens used. */
  public abstract TokenUsage usage();

  /** Returns when things happened. */
  public abstract TraceTiming timing();

  /**
   * Returns the attempt that the client said this is ({@code 0} for the first), or {@code null} if
   * the client does not mark its retries.
   */
  public abstract @Nullable Integer retryCount();

  /** Returns the model: the one that the request named, else the one that the response named. */
  public final @Nullable String model() {
    return requestModel() != null ? requestModel() : responseModel();
  }

  /** Returns how long the call took in milliseconds, or {@code null} if it has not ended. */
  public final @Nullable Long durationMs() {
    return timing().total() == null ? null : timing().total().toMillis();
  }

  /** Returns all tokens used, or {@code null} if the provider did not tell. */
  public final @Nullable Long tokensUsed() {
    return usage().totalTokens();
  }

  /**
   * Returns how fast the model wrote: the output tokens divided by the seconds from the first token
   * of a stream to the end of the call. {@code null} if one of these is not known or no time
   * passed, as with answers that were not streamed. Of an answer that came in one piece it tells
   * little.
   */
  public final @Nullable Double tokensPerSecond() {
    Duration first = timing().toFirstToken();
    Duration total = timing().total();
    Long output = usage().outputTokens();
    if (first == null || total == null || output == null || total.compareTo(first) <= 0) {
      return null;
    }
    return output * NANOS_PER_SECOND / total.minus(first).toNanos();
  }

  /** Builds a {@link TraceMetadata}. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Sets the provider whose wire format was spoken. */
    public abstract Builder provider(@Nullable String provider);

    /** Sets the kind of call. */
    public abstract Builder operation(@Nullable String operation);

    /** Sets the model that the request named. */
    public abstract Builder requestModel(@Nullable String model);

    /** Sets the model that the response named. */
    public abstract Builder responseModel(@Nullable String model);

    /** Sets the provider's id of the response. */
    public abstract Builder responseId(@Nullable String id);

    /** Sets why the model stopped, for each choice in order. */
    public abstract Builder finishReasons(List<String> reasons);

    /** Sets the tool calls that the model asked for. */
    public abstract Builder toolCalls(List<ToolCall> calls);

    /** Sets the tokens used. */
    public abstract Builder usage(TokenUsage usage);

    /** Sets when things happened. */
    public abstract Builder timing(TraceTiming timing);

    /** Sets the attempt that the client said this is. */
    public abstract Builder retryCount(@Nullable Integer count);

    abstract List<String> finishReasons();

    abstract List<ToolCall> toolCalls();

    abstract TraceMetadata autoBuild();

    /** Returns the metadata, with copies of the lists. */
    public final TraceMetadata build() {
      finishReasons(List.copyOf(finishReasons()));
      toolCalls(List.copyOf(toolCalls()));
      return autoBuild();
    }
  }
}
