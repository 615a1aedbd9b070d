package io.traceforge.pricing;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A model's prices by the day (UTC) from which they hold.
 *
 * @param names the names under which it is called
 * @param prices the prices; {@link LocalDate#MIN} for one that always held
 * @param unpriced why it has no price that tokens alone could tell, or {@code null}
 */
record ModelPrices(
    List<NamePattern> names, TreeMap<LocalDate, Price> prices, @Nullable String unpriced) {

  ModelPrices {
    names = List.copyOf(names);
    prices = new TreeMap<>(prices);
  }

  static ModelPrices from(NamePattern name, LocalDate from, Price price) {
    return new ModelPrices(List.of(name), new TreeMap<>(Map.of(from, price)), null);
  }

  /** Returns the prices of both; for a day that both tell, the other's. */
  ModelPrices plus(ModelPrices other) {
    TreeMap<LocalDate, Price> all = new TreeMap<>(prices);
    all.putAll(other.prices);
    return new ModelPrices(names, all, unpriced);
  }

  /** Returns these prices, and those of others up to the day from which these hold. */
  ModelPrices after(ModelPrices others) {
    if (prices.isEmpty()) {
      return this;
    }
    TreeMap<LocalDate, Price> all = new TreeMap<>(others.prices.headMap(prices.firstKey()));
    all.putAll(prices);
    return new ModelPrices(names, all, unpriced);
  }

  /** Returns the price that held at a time, or {@code null} if none is known. */
  @Nullable Price at(Instant time) {
    var valid = prices.floorEntry(LocalDate.ofInstant(time, ZoneOffset.UTC));
    return valid == null ? null : valid.getValue();
  }

  String whyUnknown(String model) {
    return unpriced == null
        ? "no price of \"" + model + "\" is known for that day"
        : "no price of \"" + model + "\": " + unpriced;
  }
}
