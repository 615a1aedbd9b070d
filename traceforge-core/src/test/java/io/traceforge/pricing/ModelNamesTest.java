package io.traceforge.pricing;

import static io.traceforge.pricing.PricedCalls.GATEWAY;
import static io.traceforge.pricing.PricedCalls.call;
import static io.traceforge.pricing.PricedCalls.ofInput;
import static io.traceforge.pricing.PricedCalls.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose price a call has, by the names and the URL that its trace tells. */
class ModelNamesTest {
  private static final Price PRICE = Price.of("1", "2");
  private final PriceBook standard = PriceBook.standard();

  @ParameterizedTest
  @CsvSource({
    "openai,     gpt-4o,                           2.5",
    "openai,     GPT-4o,                           2.5",
    "openai,     gpt-4o-2024-08-06,                2.5",
    "openai,     gpt-4o-2024-05-13,                5",
    "openai,     gpt-4o-2099-01-31,                2.5",
    "anthropic,  claude-3-5-sonnet-20241022,       3",
    "anthropic,  claude-3-haiku-20240307,          0.25",
    "gcp.gemini, models/gemini-2.5-flash-lite,     0.1",
    "gcp.gemini, publishers/google/models/gemini-2.5-flash-lite, 0.1",
    // what gateways that speak OpenAI's format call them
    "openai,     openai/gpt-4o,                    2.5",
    "openai,     anthropic/claude-3-5-sonnet-20241022, 3",
    "openai,     claude-3-5-sonnet-20241022,       3",
    "openai,     gemini-2.5-flash-lite,            0.1",
    "openai,     google/gemini-2.5-flash-lite,     0.1",
    "openai,     groq/llama-3.1-8b-instant,        0.05",
  })
  void aModelIsFoundUnderTheNamesThatCallsBear(String provider, String model, BigDecimal usd) {
    assertThat(standard.costOf(ofInput(provider, GATEWAY, model))).isEqualTo(Cost.of(usd));
  }

  @ParameterizedTest
  @CsvSource({
    "openai, gpt-unheard-of",
    "openai, gpt-4o-2024-13-99",
    "openai, my-deployment",
    "openai, llama-3.1-8b-instant",
    "openai, meta-llama/Llama-3.3-70B-Instruct",
    "ollama, llama3.2",
    "ollama, gemini-2.5-flash-lite",
    "ollama, openai/gpt-4o",
    "nobody, nothing",
  })
  void anUnknownModelHasAnUnknownCostAndNotZero(String provider, String model) {
    Cost cost = standard.costOf(ofInput(provider, GATEWAY, model));

    assertThat(cost.usd()).isEmpty();
    assertThat(cost.unknownTraces()).isEqualTo(1);
    assertThat(cost.unknownReasons())
        .containsExactly("no price of \"" + model + "\" at \"" + provider + "\" is known");
  }

  @Test
  void theSellerAtTheUrlIsTheOneWhoCharges() {
    String groq = "https://api.groq.com/openai/v1/chat/completions";
    String azure = "https://mine.openai.azure.com/openai/deployments/d/chat/completions";

    assertThat(standard.costOf(ofInput("openai", groq, "openai/gpt-oss-20b")))
        .isEqualTo(Cost.of(new BigDecimal("0.075")));
    assertThat(standard.costOf(ofInput("openai", groq, "gpt-4o")).isKnown()).isFalse();
    assertThat(standard.costOf(ofInput("openai", azure, "gpt-4.1")))
        .isEqualTo(Cost.of(new BigDecimal("2")));
  }

  @Test
  void theModelThatAnsweredCountsBeforeTheOneAskedFor() {
    TokenUsage usage = tokens(1_000_000, 0).build();
    Trace routed =
        call(
                GATEWAY,
                m ->
                    m.provider("openai")
                        .requestModel("gpt-4o")
                        .responseModel("gpt-4o-2024-05-13")
                        .usage(usage))
            .build();
    Trace renamed =
        call(
                GATEWAY,
                m ->
                    m.provider("openai")
                        .requestModel("gpt-4o")
                        .responseModel("internal-name-7")
                        .usage(usage))
            .build();

    assertThat(standard.costOf(routed)).isEqualTo(Cost.of(new BigDecimal("5")));
    assertThat(standard.costOf(renamed)).isEqualTo(Cost.of(new BigDecimal("2.5")));
  }

  @ParameterizedTest
  @CsvSource({
    "my-model, my-model,       true",
    "my-model, my-model-2,     false",
    "my-*,     my-model,       true",
    "my-*,     not-my-model,   false",
    "*-model,  my-model,       true",
    "*-model,  my-model-2,     false",
    "*model*,  my-model-2,     true",
    "*,        whatever,       true",
    "MY-model, My-Model,       true",
    "/^m\\d$/, m7,             true",
    "/^m\\d$/, m77,            false",
  })
  void aRuleMatchesNames(String rule, String model, boolean matches) {
    PriceBook book = PriceBook.builder().add("openai", rule, PRICE).build();

    assertThat(book.costOf(ofInput("openai", GATEWAY, model)).isKnown()).isEqualTo(matches);
  }

  @Test
  void anExactNameCountsBeforeAnyPattern() {
    PriceBook book =
        PriceBook.builder()
            .add("openai", "m*", Price.of("7", "7"))
            .add("openai", "m1", PRICE)
            .add("openai", "*", Price.of("9", "9"))
            .build();

    assertThat(book.costOf(ofInput("openai", GATEWAY, "m1")).knownUsd()).isEqualByComparingTo("1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a*b", "***", "/(/"})
  void aRuleThatIsNoneIsRefused(String rule) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceBook.builder().add("openai", rule, PRICE));
  }
}
