package io.traceforge.pricing;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who sells the use of models.
 *
 * @param id the seller's name
 * @param names what else it is called
 * @param urls the beginnings of its URLs
 * @param makes names of models that tell by themselves who makes them
 * @param fallbacks sellers whose prices it takes for models that it does not list
 * @param models its models; a list before another one overrides it
 */
record Seller(
    String id,
    List<NamePattern> names,
    List<Pattern> urls,
    List<NamePattern> makes,
    List<String> fallbacks,
    List<ModelList> models) {

  Seller {
    id = id.toLowerCase(Locale.ROOT);
    names = List.copyOf(names);
    urls = List.copyOf(urls);
    makes = List.copyOf(makes);
    fallbacks = List.copyOf(fallbacks);
    models = List.copyOf(models);
  }

  static Seller of(String id, List<ModelPrices> models) {
    return new Seller(
        id, List.of(), List.of(), List.of(), List.of(), List.of(new ModelList(models)));
  }

  /** Returns a seller of this one's name, for whom what the other says comes first. */
  Seller overriddenBy(Seller other) {
    return new Seller(
        id,
        concat(other.names, names),
        concat(other.urls, urls),
        concat(other.makes, makes),
        concat(other.fallbacks, fallbacks),
        concat(other.models, models));
  }

  private static <T> List<T> concat(List<T> first, List<T> second) {
    Set<T> all = new LinkedHashSet<>(first);
    all.addAll(second);
    return new ArrayList<>(all);
  }

  boolean isCalled(String name) {
    return names.stream().anyMatch(pattern -> pattern.matches(name));
  }

  boolean isAt(String url) {
    return urls.stream().anyMatch(pattern -> pattern.matcher(url).lookingAt());
  }

  boolean makes(String model) {
    return makes.stream().anyMatch(pattern -> pattern.matches(model));
  }

  @Nullable ModelPrices find(String model) {
    ModelPrices all = null;
    for (ModelList list : models) {
      ModelPrices found = list.find(model);
      if (found != null) {
        all = all == null ? found : all.after(found);
      }
    }
    return all;
  }
}
