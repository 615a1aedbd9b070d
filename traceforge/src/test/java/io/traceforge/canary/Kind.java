package io.traceforge.canary;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A kind of secret. They are put together when needed, so that no source looks as if it held one.
 *
 * @param name the name that makes it secret, or {@code ""} if its shape does
 * @param prefix what it begins with
 * @param alphabet what the rest is made of
 * @param length how long the rest is
 * @param format where prefix and rest stand
 */
record Kind(String name, String prefix, String alphabet, int length, String format) {
  private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
  private static final String ALNUM = UPPER + "abcdefghijklmnopqrstuvwxyz";
  private static final String HEX = "0123456789abcdef";
  private static final String PLAIN = "%s%s";

  static List<Kind> all() {
    return Stream.concat(prefixed().stream(), others()).toList();
  }

  private static List<Kind> prefixed() {
    return Stream.of(
            Stream.of("sk-", "sk-proj-", "sk-ant-api03-", "sk-or-v1-", "AIza", "gsk_", "hf_"),
            Stream.of("xai-", "pplx-", "r8_", "nvapi-", "csk-", "fw_", "tvly-", "pcsk_", "ya29."),
            Stream.of("GOCSPX-", "hvs.", "ghp_", "gho_", "ghs_", "github_pat_", "glpat-", "npm_"),
            Stream.of("xoxb-", "xoxp-", "xapp-", "rk_live_", "whsec_", "lin_api_", "glsa_"))
        .flatMap(prefixes -> prefixes)
        .map(prefix -> new Kind("", prefix, ALNUM, 44, PLAIN))
        .toList();
  }

  private static Stream<Kind> others() {
    return Stream.of(
        new Kind("", "AK" + "IA", UPPER, 16, PLAIN),
        new Kind("", "dop_v1_", HEX, 64, PLAIN),
        new Kind("", "S" + "G.", ALNUM, 40, "%sabcdefghij0123456789kl.%s"),
        new Kind("", "ey" + "J", ALNUM, 60, "%shbGciOiJIUzI1NiJ9.%s.sig"),
        new Kind("", "Bearer ", ALNUM, 32, PLAIN),
        new Kind("password", "", ALNUM, 20, PLAIN),
        new Kind("api_key", "", HEX, 32, PLAIN),
        new Kind("client_secret", "", ALNUM, 40, PLAIN),
        new Kind("SERVICE_PASSWORD", "", ALNUM, 24, PLAIN));
  }

  /** Whether it is known wherever it stands. */
  boolean hasShape() {
    return name.isEmpty();
  }

  String title() {
    return name + prefix;
  }

  Canary canary(String place, Random random) {
    StringBuilder rest = new StringBuilder();
    for (int i = 0; i < length; i++) {
      rest.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return new Canary(
        title() + " in " + place, String.format(format, prefix, rest), rest.toString());
  }
}
