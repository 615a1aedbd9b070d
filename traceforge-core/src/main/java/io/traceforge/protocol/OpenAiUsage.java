package io.traceforge.protocol;

import com.google.gson.JsonObject;
import io.traceforge.trace.TokenUsage;
import org.jspecify.annotations.Nullable;

/** Reads the {@code usage} of a chat completion. */
final class OpenAiUsage {
  private OpenAiUsage() {}

  static TokenUsage read(@Nullable JsonObject usage) {
    if (usage == null) {
      return TokenUsage.unknown();
    }
    Long input = Json.count(usage, "prompt_tokens");
    Long output = Json.count(usage, "completion_tokens");
    Long total = Json.count(usage, "total_tokens");
    // Some compatible servers leave the sum to the reader.
    if (total == null && input != null && output != null) {
      total = Json.sum(input, output);
    }
    return TokenUsage.builder()
        .inputTokens(input)
        .outputTokens(output)
        .totalTokens(total)
        .cachedInputTokens(detail(usage, "prompt_tokens_details", "cached_tokens"))
        .cacheWriteTokens(detail(usage, "prompt_tokens_details", "cache_write_tokens"))
        .reasoningTokens(detail(usage, "completion_tokens_details", "reasoning_tokens"))
        .build();
  }

  private static @Nullable Long detail(JsonObject usage, String details, String name) {
    JsonObject parent = Json.object(usage, details);
    return parent == null ? null : Json.count(parent, name);
  }
}
