package io.traceforge.pricing;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who sells which model at which price. Immutable. */
final class Sellers {
  /** Stands for any seller. */
  static final String ANYBODY = "*";

  /** Whoever runs a model on hardware of his own buys no tokens, whatever the model's name. */
  private static final Set<String> RUNNERS = Set.of("ollama");

  private final Map<String, Seller> byId;

  private Sellers(Map<String, Seller> byId) {
    this.byId = byId;
  }

  static Sellers of(Collection<Seller> sellers) {
    Map<String, Seller> byId = new LinkedHashMap<>();
    sellers.forEach(seller -> byId.merge(seller.id(), seller, Seller::overriddenBy));
    return new Sellers(byId);
  }

  /** Returns these sellers, for whom what the others say comes first. */
  Sellers overriddenBy(Sellers others) {
    Map<String, Seller> merged = new LinkedHashMap<>(byId);
    for (Seller other : others.byId.values()) {
      Seller known = named(other.id());
      merged.merge(known == null ? other.id() : known.id(), other, Seller::overriddenBy);
    }
    return new Sellers(merged);
  }

  /**
   * Returns the prices of a model, or {@code null}.
   *
   * @param provider whose wire format was spoken
   * @param url where
   */
  @Nullable ModelPrices find(@Nullable String provider, String url, String model) {
    String name = model.toLowerCase(Locale.ROOT).trim();
    ModelPrices found = findSpelling(provider, url, name);
    int path = name.lastIndexOf("models/");
    return found != null || path < 0
        ? found
        : findSpelling(provider, url, name.substring(path + "models/".length()));
  }

  private @Nullable ModelPrices findSpelling(@Nullable String provider, String url, String name) {
    ModelPrices anywhere = at(byId.get(ANYBODY), name);
    if (anywhere != null) {
      return anywhere;
    }
    for (Seller seller : byId.values()) {
      if (seller.isAt(url)) {
        return at(seller, name);
      }
    }
    return elsewhere(provider, name);
  }

  /** The URL is a gateway's or a private one: names are all that is known. */
  private @Nullable ModelPrices elsewhere(@Nullable String provider, String name) {
    Seller speaker = provider == null ? null : named(provider);
    ModelPrices found = at(speaker, name);
    if (found != null || (provider != null && RUNNERS.contains(provider))) {
      return found;
    }
    int slash = name.indexOf('/');
    found = slash < 0 ? null : at(named(name.substring(0, slash)), name.substring(slash + 1));
    return found != null ? found : at(maker(name), name);
  }

  private @Nullable Seller maker(String name) {
    return byId.values().stream().filter(seller -> seller.makes(name)).findFirst().orElse(null);
  }

  private @Nullable Seller named(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    Seller known = byId.get(name);
    return known != null
        ? known
        : byId.values().stream().filter(s -> s.isCalled(name)).findFirst().orElse(null);
  }

  private @Nullable ModelPrices at(@Nullable Seller seller, String name) {
    if (seller == null) {
      return null;
    }
    ModelPrices found = seller.find(name);
    return found != null ? found : atFallbacks(seller.fallbacks(), name);
  }

  private @Nullable ModelPrices atFallbacks(List<String> ids, String name) {
    for (String id : ids) {
      Seller seller = byId.get(id);
      ModelPrices found = seller == null ? null : seller.find(name);
      if (found != null) {
        return found;
      }
    }
    return null;
  }
}
