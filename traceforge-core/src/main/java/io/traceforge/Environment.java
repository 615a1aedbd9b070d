package io.traceforge;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Reads settings from environment variables; a value that makes no sense is an error that says so.
 */
final class Environment {
  private final Map<String, String> variables;

  Environment(Map<String, String> variables) {
    this.variables = variables;
  }

  void text(String name, Consumer<String> setting) {
    read(name, "", value -> value, setting);
  }

  void truth(String name, Consumer<Boolean> setting) {
    read(name, "true or false", Environment::parseTruth, setting);
  }

  void positive(String name, String unit, Consumer<Long> setting) {
    read(name, "a positive whole number of " + unit, Environment::parsePositive, setting);
  }

  private <T> void read(
      String name, String expected, Function<String, T> parse, Consumer<T> setting) {
    String value = variables.get(name);
    if (value == null || value.isBlank()) {
      return;
    }
    T parsed;
    try {
      parsed = parse.apply(value.trim());
    } catch (IllegalArgumentException malformed) {
      throw new IllegalArgumentException(
          name + ": expected " + expected + ", got \"" + value + '"', malformed);
    }
    setting.accept(parsed);
  }

  private static boolean parseTruth(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(value);
    };
  }

  private static long parsePositive(String value) {
    long number = Long.parseLong(value);
    if (number <= 0 || number > Integer.MAX_VALUE * 1000L) {
      throw new IllegalArgumentException(value);
    }
    return number;
  }
}
