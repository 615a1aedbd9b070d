package io.traceforge.trace;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;

/** Tokens as JSON, by kind; what is not known is left out. */
final class UsageJson {
  private UsageJson() {}

  static void write(JsonWriter out, TokenUsage usage) throws IOException {
    out.beginObject();
    out.name("input_tokens").value(usage.inputTokens());
    out.name("output_tokens").value(usage.outputTokens());
    out.name("total_tokens").value(usage.totalTokens());
    out.name("cached_input_tokens").value(usage.cachedInputTokens());
    out.name("cache_write_tokens").value(usage.cacheWriteTokens());
    out.name("reasoning_tokens").value(usage.reasoningTokens());
    out.endObject();
  }

  static TokenUsage read(Members usage) {
    return TokenUsage.builder()
        .inputTokens(usage.count("input_tokens"))
        .outputTokens(usage.count("output_tokens"))
        .totalTokens(usage.count("total_tokens"))
        .cachedInputTokens(usage.count("cached_input_tokens"))
        .cacheWriteTokens(usage.count("cache_write_tokens"))
        .reasoningTokens(usage.count("reasoning_tokens"))
        .build();
  }
}
