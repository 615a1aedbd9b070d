package io.traceforge.pricing;

import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.Reader;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a file of prices. */
final class PriceFile {
  static final String UNIT = "USD per million tokens";

  private PriceFile() {}

  /**
   * Returns the prices in a file.
   *
   * @throws IllegalArgumentException if the text is no such file; the message tells the place
   */
  static PriceBook read(Reader text) {
    JsonValue file;
    try {
      file = new JsonValue("", JsonParser.parseReader(text));
    } catch (JsonParseException noJson) {
      throw new IllegalArgumentException("not JSON: " + noJson.getMessage(), noJson);
    }
    file.withFields("unit", "as_of", "source", "providers");
    file.get("unit").textAs('"' + UNIT + '"', PriceFile::unit);
    file.get("providers");
    return new PriceBook(
        Sellers.of(file.list("providers", PriceFile::seller)),
        file.find("as_of", PriceFile::date),
        file.find("source", JsonValue::text));
  }

  private static String unit(String text) {
    if (!text.equals(UNIT)) {
      throw new IllegalArgumentException(text);
    }
    return text;
  }

  private static LocalDate date(JsonValue value) {
    return value.textAs("a date such as \"2026-12-31\"", LocalDate::parse);
  }

  private static Seller seller(JsonValue value) {
    value.withFields("id", "names", "urls", "makes", "fallbacks", "models");
    return new Seller(
        value.get("id").text(),
        value.list("names", PriceFile::pattern),
        value.list("urls", url -> url.textAs("a regular expression", Pattern::compile)),
        value.list("makes", PriceFile::pattern),
        value.list("fallbacks", JsonValue::text),
        List.of(new ModelList(value.list("models", PriceFile::model))));
  }

  private static NamePattern pattern(JsonValue value) {
    return value.textAs(
        "a name, with * at its ends for any text, or a /regular expression/", NamePattern::of);
  }

  private static ModelPrices model(JsonValue value) {
    value.withFields("names", "prices", "unpriced");
    value.get("names");
    TreeMap<LocalDate, Price> prices = new TreeMap<>();
    for (DatedPrice dated : value.list("prices", PriceFile::datedPrice)) {
      if (prices.put(dated.from(), dated.price()) != null) {
        throw new IllegalArgumentException(
            value.place() + ".prices: expected one price from each day, got two");
      }
    }
    return new ModelPrices(
        value.list("names", PriceFile::pattern), prices, value.find("unpriced", JsonValue::text));
  }

  private record DatedPrice(LocalDate from, Price price) {}

  private static DatedPrice datedPrice(JsonValue value) {
    value.withFields(
        "from", "input", "output", "cached_input", "cache_write", "reasoning", "tiers");
    LocalDate from = value.find("from", PriceFile::date);
    Price.Builder price = rates(value);
    value.list("tiers", PriceFile::tier).forEach(tier -> price.above(tier.above(), tier.price()));
    return new DatedPrice(from == null ? LocalDate.MIN : from, price.build());
  }

  private record Tier(long above, Price price) {}

  private static Tier tier(JsonValue value) {
    value.withFields("above", "input", "output", "cached_input", "cache_write", "reasoning");
    return new Tier(value.get("above").count(), rates(value).build());
  }

  private static Price.Builder rates(JsonValue value) {
    return Price.builder()
        .input(value.find("input", JsonValue::amount))
        .output(value.find("output", JsonValue::amount))
        .cachedInput(value.find("cached_input", JsonValue::amount))
        .cacheWrite(value.find("cache_write", JsonValue::amount))
        .reasoning(value.find("reasoning", JsonValue::amount));
  }
}
