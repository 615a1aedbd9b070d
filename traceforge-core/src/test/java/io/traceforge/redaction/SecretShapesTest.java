package io.traceforge.redaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The time limit is for texts that would take hours if each place were looked at too long. */
@Timeout(60)
class SecretShapesTest {
  private static final String RANDOM = "a8Fq2kZ0pLx7Vb3NcY5tRw9Ds1GhJ4mE6uQiOoTzXyKf";
  private static final String HEX = "0f3a9c7be1d24586970b3c5d7e9f1a2b4c6d8e0f";

  private final Redactor redactor = Redactor.secrets();

  /** Put together here, so that nothing in this file looks like a key. */
  static Stream<String> secrets() {
    return Stream.of(
            Stream.of("sk-", "sk-proj-", "sk-ant-api03-", "sk-or-v1-", "AIza", "gsk_", "hf_"),
            Stream.of(
                "xai-", "pplx-", "r8_", "nvapi-", "csk-", "fw_", "tvly-", "pcsk_", "lsv2_pt_"),
            Stream.of("ya29.", "GOCSPX-", "hvs.", "dp.pt.", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
            Stream.of("github_pat_", "glpat-", "npm_", "pypi-", "dckr_pat_", "xoxb-", "xoxp-"),
            Stream.of("xapp-", "sk_live_", "rk_live_", "whsec_", "lin_api_", "secret_", "glsa_"),
            Stream.of("hooks.slack.com/services/", "AQ.", "ABSK"))
        .flatMap(prefixes -> prefixes)
        .map(prefix -> prefix + RANDOM)
        .flatMap(
            secret ->
                Stream.concat(
                    Stream.of(secret),
                    secret.startsWith("ghp_")
                        ? Stream.of(
                            "AK" + "IA" + "QZ7YX3WV5UT2SR9P",
                            "dop_v1_" + HEX,
                            "dapi" + HEX,
                            "SG." + RANDOM.substring(0, 22) + "." + RANDOM.substring(0, 43),
                            "ey" + "J" + RANDOM + "." + RANDOM + "." + RANDOM,
                            "123456789:AA" + RANDOM.substring(0, 33))
                        : Stream.empty()));
  }

  @ParameterizedTest
  @MethodSource("secrets")
  void aKnownShapeIsTakenOutWhereverItStands(String secret) {
    assertThat(redactor.redact(secret)).isEqualTo("[REDACTED]");
    assertThat(redactor.redact("use " + secret + ", please")).isEqualTo("use [REDACTED], please");
    assertThat(redactor.redact("{\"a\":\"x\\n" + secret + "\\n\"}"))
        .isEqualTo("{\"a\":\"x\\n[REDACTED]\\n\"}");
    assertThat(redactor.redact("a=%20" + secret + "&b=c")).isEqualTo("a=%20[REDACTED]&b=c");
    assertThat(redactor.redact("\\u0022" + secret + "\\u0022"))
        .isEqualTo("\\u0022[REDACTED]\\u0022");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "class=\"sk-fading-circle sk-cube-grid-animation\"",
        "risk-management-and-more-of-that-kind",
        "sk-short",
        "task_sk_management_of_long_names_here",
        "npm_config_registry",
        "hf_hub_download(repo_id)",
        "the bearer of this letter, Bearer of bad news",
        "AKIATOOSHORT",
        "eyJhbGciOiJIUzI1NiJ9",
        "sk-learn pipelines, asking, desk-3",
        "-----BEGIN PUBLIC KEY-----",
        "| a | b |\n|-----|-----|",
        "look for -----BEGIN PRIVATE KEY----- in the sources, and say where",
        "12:30:AAA"
      })
  void whatOnlyLooksAlikeStays(String text) {
    assertThat(redactor.redact(text)).isSameAs(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Bearer ",
        "bearer ",
        "BEARER  ",
        "Authorization:Bearer ",
        "Bearer%20",
        "Bearer+",
      })
  void aBearerTokenIsTakenOut(String before) {
    assertThat(redactor.redact("got " + before + "h7T0ken/+x= today"))
        .doesNotContain("h7T0ken/+x=");
  }

  @Test
  void aTokenWithEscapesThatItDoesNotNeedIsTakenOutWhole() {
    String json = "{\"a\": \"é \\u00e9 Bearer ab\\/cd1\\u002befgh\\/ij\\u003d end\",\"b\":1}";

    assertThat(redactor.redact(json))
        .isEqualTo("{\"a\": \"é \\u00e9 Bearer [REDACTED] end\",\"b\":1}");
  }

  @Test
  void suchATokenIsFoundInJsonInAJsonStringToo() {
    String json = "{\"a\":\"{\\\"b\\\":\\\"Bearer ab\\\\/cd1\\\\u002befgh\\\"}\"}";

    assertThat(redactor.redact(json))
        .isEqualTo("{\"a\":\"{\\\"b\\\":\\\"Bearer [REDACTED]\\\"}\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\\n", "\\r\\n", "\\\\n", "%0A"})
  void aPrivateKeyIsTakenOut(String newLine) {
    String body = (RANDOM + HEX).substring(0, 64);
    String key =
        "-----BEGIN RSA PRIVATE KEY-----"
            + newLine
            + body
            + newLine
            + body
            + newLine
            + "ab+/12=="
            + newLine
            + "-----END RSA PRIVATE KEY-----";

    assertThat(redactor.redact("before " + key + " after")).isEqualTo("before [REDACTED] after");
    assertThat(redactor.redact("{\"a\":\"" + key + "\",\"b\":\"c\"}"))
        .isEqualTo("{\"a\":\"[REDACTED]\",\"b\":\"c\"}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\\n"})
  void aPrivateKeyWithoutBeginningOrEndIsTakenOut(String newLine) {
    String line = (RANDOM + HEX).substring(0, 64);
    String lines = newLine + line + newLine + line + newLine;

    assertThat(redactor.redact("a -----BEGIN PRIVATE KEY-----" + lines + "MIIab\" b"))
        .isEqualTo("a [REDACTED]\" b");
    assertThat(redactor.redact("a \"" + lines + "MIIab=" + newLine + "-----END PRIVATE KEY----- b"))
        .isEqualTo("a \"" + newLine + "[REDACTED] b");
  }

  @Test
  void userAndPasswordOfAnyUrlAreTakenOut() {
    assertThat(redactor.redact("jdbc at postgresql://app:p%40ss@db:5432/x, ok"))
        .isEqualTo("jdbc at postgresql://REDACTED@db:5432/x, ok");
    assertThat(redactor.redact("{\"u\":\"https:\\/\\/u:pw@h\\/x\"}"))
        .isEqualTo("{\"u\":\"https:\\/\\/REDACTED@h\\/x\"}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "eyJ-",
        "eyJ.",
        "a@b ",
        "a@",
        "((((",
        "+",
        "1 ",
        "://",
        "a://b",
        "-----",
        "'p':5,",
        "\"password\":5,",
        "password=",
        "password:\"",
        "\\",
        "\\\\\"",
        "{",
        "[",
        "{\"a\":\"",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----",
        "Bearer ",
        "12345678:AA",
        "\\u002b"
      })
  void longTextsOfOneKindPass(String piece) {
    String text = piece.repeat(2_000_000 / piece.length());

    assertThat(redactor.withPersonalData().redact(text)).isNotEmpty();
    assertThat(Bodies.json(redactor, "[" + text)).isNotEmpty();
  }
}
