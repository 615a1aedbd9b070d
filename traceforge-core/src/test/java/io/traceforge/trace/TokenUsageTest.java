package io.traceforge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TokenUsageTest {

  @Test
  void addsCountByCount() {
    TokenUsage sum = usage(1, 2, 3, 4, 5, 6).plus(usage(10, 20, 30, 40, 50, 60));

    assertThat(sum).isEqualTo(usage(11, 22, 33, 44, 55, 66));
  }

  @Test
  void keepsWhatOnlyOneKnows() {
    TokenUsage input = TokenUsage.builder().inputTokens(1L).build();
    TokenUsage output = TokenUsage.builder().outputTokens(2L).build();
    TokenUsage both = TokenUsage.builder().inputTokens(1L).outputTokens(2L).build();

    assertThat(input.plus(output)).isEqualTo(both);
    assertThat(output.plus(input)).isEqualTo(both);
  }

  @Test
  void doesNotTakeUnknownForZero() {
    assertThat(TokenUsage.unknown().plus(TokenUsage.unknown())).isEqualTo(TokenUsage.unknown());
    assertThat(TokenUsage.unknown()).isNotEqualTo(usage(0, 0, 0, 0, 0, 0));
  }

  private static TokenUsage usage(
      long input, long output, long total, long cached, long written, long reasoning) {
    return TokenUsage.builder()
        .inputTokens(input)
        .outputTokens(output)
        .totalTokens(total)
        .cachedInputTokens(cached)
        .cacheWriteTokens(written)
        .reasoningTokens(reasoning)
        .build();
  }
}
