package io.traceforge.pricing;

import static io.traceforge.pricing.PricedCalls.GATEWAY;
import static io.traceforge.pricing.PricedCalls.call;
import static io.traceforge.pricing.PricedCalls.ofInput;
import static io.traceforge.pricing.PricedCalls.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.traceforge.trace.Trace;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Made-up data in the shape of the package's. */
class PriceTableGeneratorTest {
  private static final String DATA =
      """
      [{"id": "maker", "name": "The Maker", "api_pattern": "https://api\\\\.maker\\\\.test",
        "model_match": {"starts_with": "m-"}, "provider_match": {"contains": "making"},
        "extractors": [{"root": "usage"}],
        "models": [
          {"id": "m-1", "match": {"or": [{"equals": "m-1"}, {"starts_with": "m-1-20"}]},
           "prices": {"input_mtok": 0.1, "cache_read_mtok": 0.01, "cache_write_mtok": 0.125,
                      "output_mtok": 0.4, "web_searches_kcount": 10, "input_audio_mtok": 7}},
          {"id": "m-2", "match": {"regex": "^m-2-\\\\d{4}$"},
           "prices": [{"prices": {"input_mtok": 4, "output_mtok": 8}},
                      {"constraint": {"start_date": "2026-08-01", "type": "start_date"},
                       "prices": {"input_mtok": 2, "output_mtok": 4}}]},
          {"id": "m-3", "match": {"and": [{"starts_with": "m-3"}, {"regex": "^(?!.*voice)"}]},
           "prices": {"input_mtok": {"base": 1, "tiers": [{"start": 1000, "price": 2}]},
                      "output_mtok": {"base": 3, "tiers": [{"start": 1000, "price": 5}]}}},
          {"id": "m-night", "match": {"ends_with": "night"},
           "prices": [{"prices": {"input_mtok": 1}},
                      {"constraint": {"start_time": "00:30:00Z", "end_time": "16:30:00Z",
                                      "type": "time_of_date"},
                       "prices": {"input_mtok": 2}}]},
          {"id": "m-voice", "match": {"contains": "voice"},
           "prices": {"input_mtok": 1, "output_mtok": 1, "output_audio_mtok": 9}},
          {"id": "m-gift", "match": {"equals": "m-gift"}, "prices": {}}]},
       {"id": "shop", "name": "The Shop", "api_pattern": "https://shop\\\\.test",
        "fallback_model_providers": ["maker"], "models": []}]
      """;
  private static final LocalDate DAY = LocalDate.parse("2026-09-23");

  @TempDir Path folder;

  @Test
  void pricesComeThroughUnchanged() throws Exception {
    assertThat(
            book()
                .costOf(
                    call(
                            "maker",
                            "m-1",
                            tokens(1000, 10).cachedInputTokens(100L).cacheWriteTokens(80L).build())
                        .build()))
        // 820 * 0.1 + 100 * 0.01 + 80 * 0.125 + 10 * 0.4 = 82 + 1 + 10 + 4
        .isEqualTo(Cost.of(new BigDecimal("0.000097")));
  }

  @Test
  void rulesForNamesComeThrough() throws Exception {
    PriceBook book = book();

    assertThat(book.costOf(ofInput("maker", GATEWAY, "m-1-2026")).isKnown()).isTrue();
    assertThat(book.costOf(ofInput("maker", GATEWAY, "m-2-1234")).isKnown()).isTrue();
    assertThat(book.costOf(ofInput("maker", GATEWAY, "m-2-123")).isKnown()).isFalse();
    assertThat(book.costOf(ofInput("maker", GATEWAY, "m-3-pro")).isKnown()).isTrue();
    assertThat(book.costOf(ofInput("maker", GATEWAY, "m-3-voice")).isKnown()).isFalse();
    assertThat(book.costOf(ofInput("openai", GATEWAY, "m-1")).isKnown()).isTrue();
    assertThat(book.costOf(ofInput("the-making", GATEWAY, "m-1")).isKnown()).isTrue();
    assertThat(book.costOf(ofInput("openai", "https://shop.test/v1", "m-1")).isKnown()).isTrue();
  }

  @Test
  void daysAndTiersComeThrough() throws Exception {
    Trace later = ofInput("maker", GATEWAY, "m-2-0001");
    Trace earlier = later.toBuilder().startTime(Instant.parse("2026-07-31T23:59:59Z")).build();

    assertThat(book().costOf(later).knownUsd()).isEqualByComparingTo("2");
    assertThat(book().costOf(earlier).knownUsd()).isEqualByComparingTo("4");
    // 1000 * 1 + 100 * 3, and 1001 * 2 + 100 * 5
    assertThat(cost(1000)).isEqualByComparingTo("0.0013");
    assertThat(cost(1001)).isEqualByComparingTo("0.002502");
  }

  private BigDecimal cost(long input) throws Exception {
    return book().costOf(call("maker", "m-3", tokens(input, 100).build()).build()).knownUsd();
  }

  @Test
  void whatTokensDoNotTellHasNoPriceAndTheReason() throws Exception {
    assertThat(reason("m-night")).contains("time of day");
    assertThat(reason("m-voice")).contains("more than tokens of text");
    assertThat(reason("m-gift")).contains("the source tells none");
  }

  private String reason(String model) throws Exception {
    return book().costOf(ofInput("maker", GATEWAY, model)).unknownReasons().get(0);
  }

  @Test
  void theTableTellsDayAndSource() throws Exception {
    assertThat(book().asOf()).contains(DAY);
    assertThat(book().source()).contains("made up");
  }

  @Test
  void aRuleThatIsNotKnownIsRefused() {
    String data = DATA.replace("\"ends_with\"", "\"sounds_like\"");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceTableGenerator.generate(data, "made up", DAY))
        .withMessageContaining("sounds_like");
  }

  private PriceBook book() throws Exception {
    Path data = Files.writeString(folder.resolve("data.json"), DATA);
    Path prices = folder.resolve("prices.json");
    PriceTableGenerator.main(
        new String[] {data.toString(), "made up", DAY.toString(), prices.toString()});
    return PriceBook.load(prices);
  }
}
