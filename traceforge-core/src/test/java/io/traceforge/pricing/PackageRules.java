package io.traceforge.pricing;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Map;
import java.util.regex.Pattern;

/** Turns the package's rules for names into those of a price file. */
final class PackageRules {
  private PackageRules() {}

  static JsonArray toNames(JsonObject rule) {
    JsonArray names = new JsonArray();
    addTo(names, rule);
    return names;
  }

  private static void addTo(JsonArray names, JsonObject rule) {
    Map.Entry<String, JsonElement> only = rule.entrySet().iterator().next();
    JsonElement value = only.getValue();
    switch (only.getKey()) {
      case "or" -> value.getAsJsonArray().forEach(part -> addTo(names, part.getAsJsonObject()));
      case "and" -> names.add(allOf(value.getAsJsonArray()));
      case "equals" -> names.add(value.getAsString());
      case "starts_with" -> names.add(value.getAsString() + '*');
      case "ends_with" -> names.add('*' + value.getAsString());
      case "contains" -> names.add('*' + value.getAsString() + '*');
      case "regex" -> names.add('/' + value.getAsString() + '/');
      default -> throw new IllegalArgumentException("a rule that is not known: " + rule);
    }
  }

  /** Each part looks ahead from the name's beginning. */
  private static String allOf(JsonArray parts) {
    StringBuilder regex = new StringBuilder("/^");
    for (JsonElement part : parts) {
      regex.append("(?=").append(lookahead(part.getAsJsonObject())).append(')');
    }
    return regex.append('/').toString();
  }

  private static String lookahead(JsonObject rule) {
    Map.Entry<String, JsonElement> only = rule.entrySet().iterator().next();
    String value = only.getValue().isJsonPrimitive() ? only.getValue().getAsString() : "";
    return switch (only.getKey()) {
      case "equals" -> Pattern.quote(value) + '$';
      case "starts_with" -> Pattern.quote(value);
      case "ends_with" -> ".*" + Pattern.quote(value) + '$';
      case "contains" -> ".*" + Pattern.quote(value);
      case "regex" -> value.startsWith("^") ? value.substring(1) : ".*(?:" + value + ')';
      default ->
          throw new IllegalArgumentException("a rule within \"and\" that is not known: " + rule);
    };
  }
}
