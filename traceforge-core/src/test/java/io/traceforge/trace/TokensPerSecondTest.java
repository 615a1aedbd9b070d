package io.traceforge.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensPerSecondTest {

  @ParameterizedTest
  @CsvSource({
    "100, 500, 2500, 50.0",
    "0, 500, 2500, 0.0",
    "7, 0, 2, 3500.0",
    ", 500, 2500,",
    "100, , 2500,",
    "100, 500, ,",
    "100, 500, 500,",
    "100, 501, 500,",
  })
  void isOutputOverTimeSinceFirstToken(Long output, Long first, Long total, Double expected) {
    TraceMetadata metadata =
        TraceMetadata.builder()
            .usage(TokenUsage.builder().inputTokens(9L).outputTokens(output).build())
            .timing(TraceTiming.builder().toFirstToken(millis(first)).total(millis(total)).build())
            .build();

    assertThat(metadata.tokensPerSecond()).isEqualTo(expected);
  }

  @Test
  void isUnknownByDefault() {
    assertThat(TraceMetadata.builder().build().tokensPerSecond()).isNull();
  }

  private static Duration millis(Long millis) {
    return millis == null ? null : Duration.ofMillis(millis);
  }
}
