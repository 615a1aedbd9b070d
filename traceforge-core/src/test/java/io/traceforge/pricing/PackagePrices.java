package io.traceforge.pricing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns the package's prices of a model into those of a price file. A model whose cost its tokens
 * alone do not tell gets no price, and the reason.
 */
final class PackagePrices {
  private static final Map<String, String> KINDS =
      Map.of(
          "input_mtok", "input",
          "output_mtok", "output",
          "cache_read_mtok", "cached_input",
          "cache_write_mtok", "cache_write",
          "output_reasoning_mtok", "reasoning");

  /** Rare enough in calls of text to be named as a limit, instead of leaving these models out. */
  private static final Set<String> LEFT_ASIDE =
      Set.of(
          "input_audio_mtok",
          "cache_audio_read_mtok",
          "input_image_mtok",
          "cache_image_read_mtok",
          "input_video_mtok",
          "cache_write_1h_mtok",
          "web_searches_kcount",
          "storage_searches_kcount");

  private PackagePrices() {}

  static void addTo(JsonObject model, JsonElement prices) {
    JsonArray all = prices.isJsonArray() ? prices.getAsJsonArray() : always(prices);
    JsonArray dated = new JsonArray();
    for (JsonElement element : all) {
      JsonObject entry = element.getAsJsonObject();
      String reason = obstacle(entry);
      if (reason != null) {
        model.add("prices", new JsonArray());
        model.addProperty("unpriced", reason);
        return;
      }
      dated.add(dated(entry));
    }
    model.add("prices", dated);
  }

  private static JsonArray always(JsonElement prices) {
    JsonObject entry = new JsonObject();
    entry.add("prices", prices);
    JsonArray all = new JsonArray();
    all.add(entry);
    return all;
  }

  private static @Nullable String obstacle(JsonObject entry) {
    JsonObject prices = entry.getAsJsonObject("prices");
    if (entry.has("constraint") && !entry.getAsJsonObject("constraint").has("start_date")) {
      return "it depends on the time of day";
    }
    if (prices.isEmpty()) {
      return "the source tells none";
    }
    Set<String> others = new TreeSet<>(prices.keySet());
    others.removeAll(KINDS.keySet());
    others.removeAll(LEFT_ASIDE);
    return others.isEmpty() ? null : "it depends on more than tokens of text";
  }

  private static JsonObject dated(JsonObject entry) {
    JsonObject price = new JsonObject();
    if (entry.has("constraint")) {
      price.add("from", entry.getAsJsonObject("constraint").get("start_date"));
    }
    JsonObject prices = entry.getAsJsonObject("prices");
    addRates(price, prices, -1);
    JsonArray tiers = new JsonArray();
    for (long start : starts(prices)) {
      JsonObject tier = new JsonObject();
      tier.addProperty("above", start);
      addRates(tier, prices, start);
      tiers.add(tier);
    }
    if (!tiers.isEmpty()) {
      price.add("tiers", tiers);
    }
    return price;
  }

  private static Set<Long> starts(JsonObject prices) {
    Set<Long> starts = new TreeSet<>();
    KINDS.keySet().stream()
        .flatMap(kind -> tiersOf(prices.get(kind)))
        .forEach(tier -> starts.add(tier.get("start").getAsLong()));
    return starts;
  }

  private static Stream<JsonObject> tiersOf(@Nullable JsonElement price) {
    return price != null && price.isJsonObject()
        ? price.getAsJsonObject().getAsJsonArray("tiers").asList().stream()
            .map(JsonElement::getAsJsonObject)
        : Stream.of();
  }

  private static void addRates(JsonObject target, JsonObject prices, long tier) {
    Stream.of("input_mtok", "cache_read_mtok", "cache_write_mtok", "output_mtok")
        .forEach(kind -> addRate(target, kind, prices.get(kind), tier));
    addRate(target, "output_reasoning_mtok", prices.get("output_reasoning_mtok"), tier);
  }

  private static void addRate(
      JsonObject target, String kind, @Nullable JsonElement price, long tier) {
    if (price != null) {
      JsonElement base = price.isJsonObject() ? price.getAsJsonObject().get("base") : price;
      JsonElement rate =
          tiersOf(price)
              .filter(other -> other.get("start").getAsLong() <= tier)
              .max(Comparator.comparingLong(other -> other.get("start").getAsLong()))
              .map(last -> last.get("price"))
              .orElse(base);
      target.add(KINDS.get(kind), rate);
    }
  }
}
