package io.traceforge.pricing;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A rule for names: the name itself; a part of it with {@code *} for the rest, before it, after it
 * or on both sides; or a regular expression between slashes that is found in it. Upper and lower
 * case are the same.
 */
final class NamePattern {
  private final String rule;
  private final Predicate<String> matches;

  private NamePattern(String rule, Predicate<String> matches) {
    this.rule = rule;
    this.matches = matches;
  }

  /**
   * Returns the pattern of a rule.
   *
   * @throws IllegalArgumentException if the rule is empty or no regular expression
   */
  static NamePattern of(String text) {
    if (text.length() > 2 && text.startsWith("/") && text.endsWith("/")) {
      Pattern regex =
          Pattern.compile(text.substring(1, text.length() - 1), Pattern.CASE_INSENSITIVE);
      return new NamePattern(text, name -> regex.matcher(name).find());
    }
    String rule = text.toLowerCase(Locale.ROOT);
    boolean anyStart = rule.startsWith("*");
    boolean anyEnd = rule.endsWith("*") && rule.length() > 1;
    String part = rule.substring(anyStart ? 1 : 0, rule.length() - (anyEnd ? 1 : 0));
    if (part.indexOf('*') >= 0 || rule.isEmpty()) {
      throw new IllegalArgumentException("a name with * at its ends only");
    }
    return new NamePattern(rule, wildcard(part, anyStart, anyEnd));
  }

  private static Predicate<String> wildcard(String part, boolean anyStart, boolean anyEnd) {
    if (anyStart) {
      return anyEnd ? name -> name.contains(part) : name -> name.endsWith(part);
    }
    return anyEnd ? name -> name.startsWith(part) : part::equals;
  }

  /** Returns whether the rule is a name and nothing else. */
  boolean isExact() {
    return !rule.startsWith("*") && !rule.endsWith("*") && !rule.startsWith("/");
  }

  /** Returns whether a name, in lower case, follows the rule. */
  boolean matches(String name) {
    return matches.test(name);
  }

  @Override
  public String toString() {
    return rule;
  }
}
