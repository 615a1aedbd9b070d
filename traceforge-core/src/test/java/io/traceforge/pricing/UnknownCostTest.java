package io.traceforge.pricing;

import static io.traceforge.pricing.PricedCalls.GATEWAY;
import static io.traceforge.pricing.PricedCalls.call;
import static io.traceforge.pricing.PricedCalls.tokens;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceStatus;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be told is unknown; what nobody charges for costs nothing. */
class UnknownCostTest {
  private final PriceBook book =
      PriceBook.builder()
          .add("openai", "plain", Price.of("1", "2"))
          .add("openai", "embed", Price.builder().input(BigDecimal.ONE).build())
          .add(
              "openai",
              "thinker",
              Price.builder()
                  .input(BigDecimal.ONE)
                  .output(new BigDecimal("2"))
                  .reasoning(new BigDecimal("3"))
                  .build())
          .add(
              "anthropic",
              "cacher",
              Price.builder()
                  .input(BigDecimal.ONE)
                  .output(new BigDecimal("2"))
                  .cacheWrite(new BigDecimal("4"))
                  .build())
          .build();

  @Test
  void withoutInputOrOutputTokensTheCostIsUnknown() {
    assertUnknown(plain(TokenUsage.unknown()), "told no usage");
    assertUnknown(plain(TokenUsage.builder().totalTokens(10L).build()), "told no usage");
    assertUnknown(plain(TokenUsage.builder().outputTokens(10L).build()), "input tokens");
    assertUnknown(plain(TokenUsage.builder().inputTokens(10L).build()), "output tokens");
  }

  @Test
  void absentCacheAndReasoningCountsAreNone() {
    assertKnown(plain(tokens(1_000_000, 1_000_000).build()), "3");
  }

  @Test
  void aKindOfTokenWithoutPriceMakesTheCostUnknown() {
    assertUnknown(plain(tokens(10, 1).cachedInputTokens(5L).build()), "cached input");
    assertUnknown(plain(tokens(10, 1).cacheWriteTokens(5L).build()), "cache writes");
    assertUnknown(call("openai", "embed", tokens(10, 1).build()), "output");
    assertKnown(plain(tokens(0, 1_000_000).cachedInputTokens(0L).build()), "2");
  }

  @Test
  void countsThatContradictEachOtherMakeTheCostUnknown() {
    assertUnknown(plain(tokens(10, 1).cachedInputTokens(11L).build()), "contradict");
    assertUnknown(plain(tokens(10, -1).build()), "contradict");
    assertUnknown(
        call("openai", "thinker", tokens(1, 5).reasoningTokens(6L).build()), "contradict");
  }

  @Test
  void reasoningIsOutputUnlessItHasAPriceOfItsOwn() {
    TokenUsage usage = tokens(0, 1_000_000).reasoningTokens(400_000L).build();

    assertKnown(plain(usage), "2");
    // 600,000 * 2 + 400,000 * 3
    assertKnown(call("openai", "thinker", usage), "2.4");
    assertUnknown(call("openai", "thinker", tokens(0, 10).build()), "reasoning");
  }

  @Test
  void embeddingsNeedNoOutput() {
    TokenUsage usage = TokenUsage.builder().inputTokens(1_000_000L).build();

    assertKnown(call("openai", "embed", usage), "1");
    assertKnown(
        call(
            GATEWAY,
            m -> m.provider("openai").operation("embeddings").requestModel("plain").usage(usage)),
        "1");
  }

  @Test
  void aCacheThatIsWrittenForAnHourHasNoKnownPrice() {
    TokenUsage usage = tokens(1_000_000, 0).cacheWriteTokens(1_000_000L).build();

    assertKnown(asking("{\"cache_control\": {\"type\": \"ephemeral\"}}", usage), "4");
    assertUnknown(asking("{\"cache_control\": {\"ttl\" : \"1h\"}}", usage), "for an hour");
    assertKnown(asking("{\"cache_control\": {\"ttl\":\"1h\"}}", tokens(0, 0).build()), "0");
  }

  private static Trace.Builder asking(String body, TokenUsage usage) {
    TraceBody request = TraceBody.ofText(body, "application/json");
    return call("anthropic", "cacher", usage)
        .request(TraceRequest.of("POST", GATEWAY, HttpHeaders.empty(), request));
  }

  @ParameterizedTest
  @EnumSource(
      value = TraceStatus.class,
      names = {"ERROR", "CANCELLED", "IN_PROGRESS"})
  void aCallThatCameToNothingCostsWhatItsUsageSays(TraceStatus status) {
    assertKnown(plain(tokens(1_000_000, 0).build()).status(status), "1");
    assertUnknown(
        plain(TokenUsage.unknown()).status(status),
        status == TraceStatus.IN_PROGRESS ? "not ended" : "no usage");
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 401, 404, 429, 500, 503, 529})
  void aRefusedCallCostsNothingUnlessItTellsUsage(int status) {
    assertThat(book.costOf(answered(status))).isEqualTo(Cost.ZERO);
    TokenUsage usage = tokens(1_000_000, 0).build();
    Trace withUsage =
        answered(status).toBuilder().metadata(plain(usage).build().metadata()).build();
    assertThat(book.costOf(withUsage)).isEqualTo(Cost.of(BigDecimal.ONE));
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 502, 504, 524})
  void anErrorBehindWhichAModelMayHaveAnsweredIsUnknown(int status) {
    assertThat(book.costOf(answered(status)).unknownTraces()).isEqualTo(1);
  }

  private static Trace answered(int status) {
    return plain(TokenUsage.unknown())
        .status(TraceStatus.ERROR)
        .response(TraceResponse.of(status, HttpHeaders.empty(), null, null))
        .error(TraceError.of("http_" + status, null, null))
        .build();
  }

  @Test
  void aCallThatNeverReachedTheProviderCostsNothing() {
    assertKnown(broken("java.net.ConnectException"), "0");
    assertKnown(broken("java.net.UnknownHostException"), "0");
    assertUnknown(broken("java.net.SocketTimeoutException"), "no usage");
  }

  private static Trace.Builder broken(String exception) {
    return plain(TokenUsage.unknown())
        .status(TraceStatus.ERROR)
        .error(TraceError.of(exception, "no route", null));
  }

  @Test
  void readingAListOfModelsCostsNothingButAnUnknownCallMay() {
    Trace.Builder unknown = call(GATEWAY, metadata -> metadata.operation(null));

    assertUnknown(unknown, "not understood");
    assertKnown(unknown.request(TraceRequest.of("GET", GATEWAY, HttpHeaders.empty(), null)), "0");
  }

  private static Trace.Builder plain(TokenUsage usage) {
    return call("openai", "plain", usage);
  }

  private void assertKnown(Trace.Builder trace, String usd) {
    assertThat(book.costOf(trace.build())).isEqualTo(Cost.of(new BigDecimal(usd)));
  }

  private void assertUnknown(Trace.Builder trace, String reason) {
    Cost cost = book.costOf(trace.build());
    assertThat(cost.usd()).isEmpty();
    assertThat(cost.knownUsd()).isZero();
    assertThat(cost.unknownReasons()).singleElement().asString().contains(reason);
  }
}
