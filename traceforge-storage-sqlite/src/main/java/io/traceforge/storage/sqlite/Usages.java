package io.traceforge.storage.sqlite;

import io.traceforge.trace.TokenUsage;
import java.sql.SQLException;

/** The six columns of {@link TokenUsage}, in the order of the schema. */
final class Usages {
  private Usages() {}

  static void bind(Binder binder, TokenUsage usage) throws SQLException {
    binder
        .number(usage.inputTokens())
        .number(usage.outputTokens())
        .number(usage.totalTokens())
        .number(usage.cachedInputTokens())
        .number(usage.cacheWriteTokens())
        .number(usage.reasoningTokens());
  }

  static TokenUsage read(Row row) throws SQLException {
    return TokenUsage.builder()
        .inputTokens(row.optionalNumber())
        .outputTokens(row.optionalNumber())
        .totalTokens(row.optionalNumber())
        .cachedInputTokens(row.optionalNumber())
        .cacheWriteTokens(row.optionalNumber())
        .reasoningTokens(row.optionalNumber())
        .build();
  }
}
