package io.traceforge.redaction;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;

/** Tells a user's own rules apart without telling them: a pattern may itself be confidential. */
final class Fingerprint {
  private static final int BYTES = 6;

  private Fingerprint() {}

  /** Returns a hash of rules, whatever their order, to be appended; empty if there are none. */
  static String of(Names names, List<PatternRule> patterns) {
    SortedSet<String> rules = names.added();
    patterns.forEach(rule -> rules.add("pattern " + rule.pattern().pattern()));
    return rules.isEmpty() ? "" : "+" + hash(String.join("\n", rules));
  }

  private static String hash(String text) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, BYTES);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible); // every JVM has it
    }
  }
}
