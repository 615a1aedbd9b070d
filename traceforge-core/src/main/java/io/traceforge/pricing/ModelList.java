package io.traceforge.pricing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Models of one seller, found by name: exact names first, then patterns in their order. */
final class ModelList {
  private static final Pattern DATE =
      Pattern.compile("[-@](20\\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\\d|3[01])$");

  private record Rule(NamePattern pattern, ModelPrices model) {}

  private final Map<String, ModelPrices> exact = new HashMap<>();
  private final List<Rule> rules = new ArrayList<>();

  ModelList(List<ModelPrices> models) {
    for (ModelPrices model : models) {
      for (NamePattern name : model.names()) {
        if (name.isExact()) {
          exact.putIfAbsent(name.toString(), model);
        } else {
          rules.add(new Rule(name, model));
        }
      }
    }
  }

  /** Returns a model's prices, or {@code null}. A dated name may be listed without its date. */
  @Nullable ModelPrices find(String name) {
    ModelPrices found = findAsIs(name);
    return found != null ? found : findUndated(name);
  }

  private @Nullable ModelPrices findUndated(String name) {
    String undated = DATE.matcher(name).replaceFirst("");
    return undated.equals(name) ? null : findAsIs(undated);
  }

  private @Nullable ModelPrices findAsIs(String name) {
    ModelPrices found = exact.get(name);
    if (found != null) {
      return found;
    }
    for (Rule rule : rules) {
      if (rule.pattern().matches(name)) {
        return rule.model();
      }
    }
    return null;
  }
}
