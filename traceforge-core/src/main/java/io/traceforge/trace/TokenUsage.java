package io.traceforge.trace;

import com.google.auto.value.AutoValue;
import org.jspecify.annotations.Nullable;

/**
 * Tokens that a call used, as the provider counted them. A count that the provider did not tell is
 * {@code null}, which is not zero.
 */
@AutoValue
public abstract class TokenUsage {
  private static final TokenUsage UNKNOWN = builder().build();

  TokenUsage() {}

  /** Returns a usage of which nothing is known. */
  public static TokenUsage unknown() {
    return UNKNOWN;
  }

  /** Returns a builder with every count unknown. */
  public static Builder builder() {
    return new AutoValue_TokenUsage.Builder();
  }

  /** Returns all input tokens, cached ones included. */
  public abstract @Nullable Long inputTokens();

  /** Returns all output tokens, reasoning included. */
  public abstract @Nullable Long outputTokens();

  /** Returns input and output tokens together. */
  public abstract @Nullable Long totalTokens();

  /** Returns input tokens that were read from the provider's prompt cache. */
  public abstract @Nullable Long cachedInputTokens();

  /** Returns input tokens that were written to the provider's prompt cache. */
  public abstract @Nullable Long cacheWriteTokens();

  /** Returns output tokens spent on reasoning. */
  public abstract @Nullable Long reasoningTokens();

  /** Returns the sum, count by count; a count is unknown only if it is unknown in both. */
  public final TokenUsage plus(TokenUsage other) {
    return builder()
        .inputTokens(add(inputTokens(), other.inputTokens()))
        .outputTokens(add(outputTokens(), other.outputTokens()))
        .totalTokens(add(totalTokens(), other.totalTokens()))
        .cachedInputTokens(add(cachedInputTokens(), other.cachedInputTokens()))
        .cacheWriteTokens(add(cacheWriteTokens(), other.cacheWriteTokens()))
        .reasoningTokens(add(reasoningTokens(), other.reasoningTokens()))
        .build();
  }

  private static @Nullable Long add(@Nullable Long a, @Nullable Long b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a + b;
  }

  /** Builds a {@link TokenUsage}. */
  @AutoValue.Builder
  public abstract static class Builder {
    Builder() {}

    /** Sets all input tokens, cached ones included. */
    public abstract Builder inputTokens(@Nullable Long count);

    /** Sets all output tokens, reasoning included. */
    public abstract Builder outputTokens(@Nullable Long count);

    /** Sets input and output tokens together. */
    public abstract Builder totalTokens(@Nullable Long count);

    /** Sets input tokens read from the provider's prompt cache. */
    public abstract Builder cachedInputTokens(@Nullable Long count);

    /** Sets input tokens written to the provider's prompt cache. */
    public abstract Builder cacheWriteTokens(@Nullable Long count);

    /** Sets output tokens spent on reasoning. */
    public abstract Builder reasoningTokens(@Nullable Long count);

    /** Returns the usage. */
    public abstract TokenUsage build();
  }
}
