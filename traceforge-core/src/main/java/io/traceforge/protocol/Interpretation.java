package io.traceforge.protocol;

import com.google.auto.value.AutoValue;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.ToolCall;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a protocol read from an exchange. */
@AutoValue
public abstract class Interpretation {
  private static final Interpretation PLAIN_HTTP = builder().build();

  Interpretation() {}

  /** Returns the interpretation of an exchange that no protocol knows. */
  public static Interpretation plainHttp() {
    return PLAIN_HTTP;
  }

  /** Returns a builder in which nothing is known. */
  public static Builder builder() {
    return new AutoValue_Interpretation.Builder()
        .finishReasons(List.of())
        .toolCalls(List.of())
        .usage(TokenUsage.unknown())
        .complete(false)
        .firstContentEnd(-1);
  }

  /** Returns the provider, such as {@code openai}. */
  public abstract @Nullable String provider();

  /** Returns the kind of call, in OpenTelemetry's terms: {@code chat}, {@code embeddings}. */
  public abstract @Nullable String operation();

  /** Returns the model that the request named. */
  public abstract @Nullable String requestModel();

  /** Returns the model that the response named. */
  public abstract @Nullable String responseModel();

  /** Returns the provider's id of the response. */
  public abstract @Nullable String responseId();

  /** Returns why the model stopped, for each choice in order. */
  public abstract List<String> finishReasons();

  /** Returns the tool calls that the model asked for. */
  public abstract List<ToolCall> toolCalls();

  /** Returns the tokens used. */
  public abstract TokenUsage usage();

  /** Returns the error that the provider told, in whatever place. */
  public abstract @Nullable TraceError error();

  /** Returns what a stream amounts to: JSON in the provider's shape without streaming. */
  public abstract @Nullable TraceBody assembledBody();

  /** Returns whether the response came up to the protocol's own end. */
  public abstract boolean complete();

  /**
   * Returns how many bytes of the response's body had come when the first content of a stream was
   * whole; -1 if there was none.
   */
  public abstract long firstContentEnd();

  /** Builds an {@link Interpretation}. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Sets the provider. */
    public abstract Builder provider(@Nullable String provider);

    /** Sets the kind of call. */
    public abstract Builder operation(@Nullable String operation);

    /** Sets the model that the request named. */
    public abstract Builder requestModel(@Nullable String model);

    /** Sets the model that the response named. */
    public abstract Builder responseModel(@Nullable String model);

    /** Sets the provider's id of the response. */
    public abstract Builder responseId(@Nullable String id);

    /** Sets why the model stopped, for each choice. */
    public abstract Builder finishReasons(List<String> reasons);

    /** Sets the tool calls that the model asked for. */
    public abstract Builder toolCalls(List<ToolCall> calls);

    /** Sets the tokens used. */
    public abstract Builder usage(TokenUsage usage);

    /** Sets the error that the provider told. */
    public abstract Builder error(@Nullable TraceError error);

    /** Sets what a stream amounts to. */
    public abstract Builder assembledBody(@Nullable TraceBody body);

    /** Sets whether the response came up to the protocol's own end. */
    public abstract Builder complete(boolean complete);

    /** Sets how many bytes had come when the first content was whole. */
    public abstract Builder firstContentEnd(long bytes);

    /** Returns the interpretation. */
    public abstract Interpretation build();
  }
}
