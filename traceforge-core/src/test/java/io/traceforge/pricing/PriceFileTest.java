package io.traceforge.pricing;

import static io.traceforge.pricing.PricedCalls.GATEWAY;
import static io.traceforge.pricing.PricedCalls.NOON;
import static io.traceforge.pricing.PricedCalls.call;
import static io.traceforge.pricing.PricedCalls.ofInput;
import static io.traceforge.pricing.PricedCalls.tokens;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.traceforge.TraceForge;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prices of one's own, by file and by code. */
class PriceFileTest {
  private static final String FILE =
      """
      {"unit": "USD per million tokens", "as_of": "2026-10-01", "source": "our contract",
       "providers": [
         {"id": "openai", "models": [
           {"names": ["gpt-4o"], "prices": [
             {"input": 2, "output": 8, "tiers": [{"above": 1000, "input": 4, "output": 16}]},
             {"from": "2026-09-02", "input": 1.50, "output": 6}]}]},
         {"id": "corp", "urls": ["https://llm\\\\.corp/"], "fallbacks": ["openai"], "models": [
           {"names": ["tiny*"], "prices": [{"input": 0.000001}]}]}]}
      """;

  @TempDir Path folder;

  @Test
  void aFileReplacesTheStandardPrices() throws Exception {
    PriceBook book = PriceBook.load(file(FILE));

    assertThat(book.asOf()).contains(LocalDate.parse("2026-10-01"));
    assertThat(book.source()).contains("our contract");
    assertThat(input(book, "gpt-4o")).isEqualByComparingTo("4");
    assertThat(book.costOf(ofInput("openai", GATEWAY, "gpt-4o-mini")).isKnown()).isFalse();
  }

  @Test
  void aFileHasDaysTiersUrlsAndFallbacks() throws Exception {
    PriceBook book = PriceBook.load(file(FILE));
    Trace short1000 = call("openai", "gpt-4o", tokens(1000, 0).build()).build();
    Trace nextDay = short1000.toBuilder().startTime(NOON.plus(1, ChronoUnit.DAYS)).build();

    assertThat(book.costOf(short1000)).isEqualTo(Cost.of(new BigDecimal("0.002")));
    assertThat(book.costOf(nextDay)).isEqualTo(Cost.of(new BigDecimal("0.0015")));
    assertThat(book.costOf(ofInput("openai", "https://llm.corp/v1", "tiny-3")))
        .isEqualTo(Cost.of(new BigDecimal("0.000001")));
    assertThat(book.costOf(ofInput("openai", "https://llm.corp/v1", "gpt-4o")))
        .isEqualTo(Cost.of(new BigDecimal("4")));
  }

  @Test
  void aFileExtendsTheStandardPrices() throws Exception {
    PriceBook book = PriceBook.standard().with(PriceBook.load(file(FILE)));

    assertThat(input(book, "gpt-4o")).isEqualByComparingTo("4");
    assertThat(input(book, "gpt-4o-mini")).isEqualByComparingTo("0.15");
    assertThat(input(PriceBook.standard(), "gpt-4o")).isEqualByComparingTo("2.5");
  }

  @Test
  void codeAddsAndReplacesPrices() {
    PriceBook book =
        PriceBook.standard().toBuilder()
            .add("OpenAI", "gpt-4o*", Price.of("3", "4"))
            .add("gcp.gemini", "gemini-2.5-flash-lite", Price.of("0.7", "1"))
            .add(PriceBook.ANY_PROVIDER, "llama3.2", Price.of("0", "0"))
            .build();

    assertThat(input(book, "gpt-4o")).isEqualByComparingTo("3");
    assertThat(input(book, "gpt-4.1")).isEqualByComparingTo("2");
    assertThat(book.costOf(ofInput("ollama", GATEWAY, "llama3.2"))).isEqualTo(Cost.ZERO);
    assertThat(
            book.costOf(
                ofInput(
                    "openai",
                    "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions",
                    "gemini-2.5-flash-lite")))
        .isEqualTo(Cost.of(new BigDecimal("0.7")));
  }

  @Test
  void aPriceFromADayOnLeavesTheOnesBefore() {
    PriceBook book =
        PriceBook.standard().toBuilder()
            .add("openai", "gpt-4o", LocalDate.parse("2026-09-02"), Price.of("9", "9"))
            .add("openai", "new", LocalDate.parse("2026-09-02"), Price.of("1", "1"))
            .build();
    Trace nextDay =
        ofInput("openai", GATEWAY, "gpt-4o").toBuilder()
            .startTime(NOON.plus(1, ChronoUnit.DAYS))
            .build();

    assertThat(input(book, "gpt-4o")).isEqualByComparingTo("2.5");
    assertThat(book.costOf(nextDay)).isEqualTo(Cost.of(new BigDecimal("9")));
    assertThat(book.costOf(ofInput("openai", GATEWAY, "new")).unknownReasons())
        .containsExactly("no price of \"new\" is known for that day");
  }

  @Test
  void theEnvironmentNamesAFileOfPrices() throws Exception {
    Map<String, String> variables = Map.of("TRACEFORGE_PRICES", file(FILE).toString());
    try (TraceForge traceForge =
        TraceForge.builder().storage("memory:").fromEnvironment(variables).build()) {
      assertThat(input(traceForge.config().prices(), "gpt-4o")).isEqualByComparingTo("4");
      assertThat(input(traceForge.config().prices(), "gpt-4o-mini")).isEqualByComparingTo("0.15");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> TraceForge.builder().fromEnvironment(Map.of("TRACEFORGE_PRICES", "/no/file")))
        .withMessage("TRACEFORGE_PRICES: cannot read the prices in /no/file");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"unit"                         | 'not JSON: '
          []                              | expected an object, got []
          "USD per million tokens"        | 'unit: expected "USD per million tokens", got "EUR"'
          "id": "openai"                  | 'providers[0].id: expected a text, got 7'
          "input": 1.50                   | 'providers[0].models[0].prices[1].input: expected a number that is 0 or more, got -1'
          "output": 8                     | 'providers[0].models[0].prices[0].output: expected a number that is 0 or more, got "8"'
          "cached"                        | 'providers[0].models[0].prices[1]: expected the fields from, input, output, cached_input, cache_write, reasoning, tiers, got [cached]'
          "above": 1000                   | 'providers[0].models[0].prices[0].tiers[0].above: expected a whole number, got 1.5'
          "2026-09-02"                    | 'providers[0].models[0].prices[1].from: expected a date such as "2026-12-31", got "soon"'
          "tiny*"                         | 'providers[1].models[0].names[0]: expected a name'
          "https://llm                    | 'providers[1].urls[0]: expected a regular expression, got "("'
          "providers"                     | 'expected the fields unit, as_of, source, providers, got [provider]'
          """)
  void aBrokenFileSaysWhatIsWrongWhere(String broken, String message) throws Exception {
    Path file = file(broken(broken));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceBook.load(file))
        .withMessageStartingWith(file + ": ")
        .withMessageContaining(message);
  }

  private static String broken(String part) {
    return switch (part) {
      case "{\"unit\"", "[]" -> part;
      case "\"USD per million tokens\"" -> FILE.replace(part, "\"EUR\"");
      case "\"id\": \"openai\"" -> FILE.replace(part, "\"id\": 7");
      case "\"input\": 1.50" -> FILE.replace(part, "\"input\": -1");
      case "\"output\": 8" -> FILE.replace("\"output\": 8,", "\"output\": \"8\",");
      case "\"cached\"" -> FILE.replace("\"input\": 1.50", "\"cached\": 1.50");
      case "\"above\": 1000" -> FILE.replace(part, "\"above\": 1.5");
      case "\"2026-09-02\"" -> FILE.replace(part, "\"soon\"");
      case "\"tiny*\"" -> FILE.replace(part, "\"ti*ny\"");
      case "\"https://llm" -> FILE.replace("https://llm\\\\.corp/", "(");
      case "\"providers\"" -> FILE.replace(part, "\"provider\"");
      default -> throw new IllegalArgumentException(part);
    };
  }

  @Test
  void twoPricesForOneDayAreRefused() throws Exception {
    Path file = file(FILE.replace("\"from\": \"2026-09-02\", ", ""));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PriceBook.load(file))
        .withMessageContaining("one price from each day");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> PriceBook.load(folder.resolve("none.json")))
        .withMessageContaining("none.json");
  }

  private static BigDecimal input(PriceBook book, String model) {
    return book.costOf(ofInput("openai", GATEWAY, model)).usd().orElseThrow();
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("prices.json"), text);
  }
}
