package io.traceforge.redaction;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The rules for secrets as one would write them at first: a regular expression for each, applied
 * one after the other. They do less than {@link Redactor}: a name is known in one spelling, and
 * JSON within JSON is not looked into.
 */
public final class RulesAsPatterns {
  private static final List<Pattern> PATTERNS =
      Stream.concat(
              Names.FIELDS.stream().map(RulesAsPatterns::ofName),
              TokenRules.ALL.stream().map(RulesAsPatterns::ofToken))
          .toList();

  private RulesAsPatterns() {}

  /** Returns a text without the secrets that the rules find. */
  public static String redact(String text) {
    String redacted = text;
    for (Pattern pattern : PATTERNS) {
      redacted = pattern.matcher(redacted).replaceAll("$1" + Redactor.REDACTED);
    }
    return redacted;
  }

  private static Pattern ofName(String name) {
    return Pattern.compile("(?i)(\\b" + name + "\"\\s*:\\s*\")[^\"]+");
  }

  private static Pattern ofToken(TokenRule rule) {
    String longest = rule.longest() == Integer.MAX_VALUE ? "" : "" + rule.longest();
    return Pattern.compile(
        "()\\b" + Pattern.quote(rule.prefix()) + members(rule.rest()) + range(rule, longest));
  }

  private static String range(TokenRule rule, String longest) {
    return "{" + rule.shortest() + "," + longest + "}";
  }

  private static String members(CharClass chars) {
    return IntStream.range(0, 128)
        .filter(c -> chars.contains((char) c))
        .mapToObj(c -> String.format("\\x%02x", c))
        .collect(joining("", "[", "]"));
  }
}
