package io.traceforge.pricing;

import static io.traceforge.pricing.PricedCalls.call;
import static io.traceforge.pricing.PricedCalls.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Costs by the shipped prices, worked out by hand. */
class StandardPricesTest {
  private final PriceBook prices = PriceBook.standard();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      textBlock =
          """
          # provider | model               | input | cached | written | output | USD
          # 1000 * 2.5 + 500 * 10 = 7500 millionths
          openai     | gpt-4o              | 1000  | -      | -       | 500    | 0.0075
          # (1000 - 400) * 2.5 + 400 * 1.25 + 500 * 10 = 1500 + 500 + 5000
          openai     | gpt-4o              | 1000  | 400    | -       | 500    | 0.007
          # 7 * 0.15 + 3 * 0.6 = 1.05 + 1.8
          openai     | gpt-4o-mini         | 7     | 0      | -       | 3      | 0.00000285
          # 1 * 0.15: the smallest call has its exact cost
          openai     | gpt-4o-mini         | 1     | -      | -       | 0      | 0.00000015
          # (5000 - 3000 - 1000) * 3 + 3000 * 0.3 + 1000 * 3.75 + 200 * 15 = 3000 + 900 + 3750 + 3000
          anthropic  | claude-3-5-sonnet-20241022 | 5000 | 3000 | 1000  | 200    | 0.01065
          # (2048 - 1024) * 1 + 1024 * 0.1 + 100 * 5 = 1024 + 102.4 + 500
          anthropic  | claude-haiku-4-5    | 2048  | 1024   | 0       | 100    | 0.0016264
          # (10000 - 4000) * 0.1 + 4000 * 0.01 + 1000 * 0.4 = 600 + 40 + 400
          gcp.gemini | gemini-2.5-flash-lite | 10000 | 4000 | -       | 1000   | 0.00104
          # 1000 * 0.02; embeddings have no output
          openai     | text-embedding-3-small | 1000 | -     | -       | -      | 0.00002
          """)
  void aCallCostsItsTokensTimesTheirPrices(
      String provider,
      String model,
      Long input,
      Long cached,
      Long written,
      Long output,
      String usd) {
    TokenUsage usage =
        TokenUsage.builder()
            .inputTokens(input)
            .cachedInputTokens(cached)
            .cacheWriteTokens(written)
            .outputTokens(output)
            .build();

    assertThat(prices.costOf(call(provider, model, usage).build()))
        .isEqualTo(Cost.of(new BigDecimal(usd)));
  }

  @Test
  void aPriceChangedOnItsDay() {
    // o3: 10 dollars for a million input tokens, and 2 from 10 June 2025 on
    Trace.Builder call = call("openai", "o3", tokens(1_000_000, 0).build());

    assertThat(prices.costOf(at(call, "2025-06-09T23:59:59.999999Z")).knownUsd())
        .isEqualByComparingTo("10");
    assertThat(prices.costOf(at(call, "2025-06-10T00:00:00Z")).knownUsd())
        .isEqualByComparingTo("2");
  }

  private static Trace at(Trace.Builder call, String time) {
    return call.startTime(java.time.Instant.parse(time)).build();
  }

  @Test
  void aLongCallHasAnotherPriceAsAWhole() {
    // gemini-2.5-pro: 1.25 and 10 dollars, and above 200,000 input tokens 2.5 and 15
    assertThat(costOfGemini(200_000, 1000)).isEqualByComparingTo("0.26");
    assertThat(costOfGemini(200_001, 1000)).isEqualByComparingTo("0.5150025");
  }

  private BigDecimal costOfGemini(long input, long output) {
    Trace trace = call("gcp.gemini", "gemini-2.5-pro", tokens(input, output).build()).build();
    return prices.costOf(trace).usd().orElseThrow();
  }

  @Test
  void aModelWhoseTokensDoNotTellItsCostHasNone() {
    assertThat(unknownReason("deepseek", "deepseek-chat")).contains("time of day");
    assertThat(unknownReason("openai", "gpt-realtime")).contains("more than tokens of text");
  }

  private String unknownReason(String provider, String model) {
    Cost cost = prices.costOf(call(provider, model, tokens(1, 1).build()).build());
    assertThat(cost.isKnown()).isFalse();
    return cost.unknownReasons().get(0);
  }

  @Test
  void theFiguresTellTheirDayAndSource() throws Exception {
    assertThat(prices.asOf()).hasValueSatisfying(day -> assertThat(day).isAfter(LocalDate.EPOCH));
    assertThat(prices.source().orElseThrow()).contains("@pydantic/genai-prices").contains("MIT");
    try (InputStream licence = PriceBook.class.getResourceAsStream("prices-LICENSE.txt")) {
      assertThat(new String(licence.readAllBytes(), StandardCharsets.UTF_8))
          .contains("Copyright (c) Pydantic Services Inc.")
          .contains("The above copyright notice and this permission notice shall be included");
    }
  }

  @Test
  void manyThreadsMayAskOneBook() throws Exception {
    Trace trace = call("openai", "gpt-4o", tokens(1000, 500).build()).build();
    Callable<Cost> ask = () -> prices.costOf(Collections.nCopies(1000, trace));
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<Cost> cost : threads.invokeAll(List.of(ask, ask, ask, ask))) {
        assertThat(cost.get()).isEqualTo(Cost.of(new BigDecimal("7.5")));
      }
    } finally {
      threads.shutdown();
    }
  }
}
