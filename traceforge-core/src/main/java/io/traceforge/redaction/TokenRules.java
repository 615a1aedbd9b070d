package io.traceforge.redaction;

import static io.traceforge.redaction.CharClass.ALNUM;
import static io.traceforge.redaction.CharClass.DOTTED;
import static io.traceforge.redaction.CharClass.HEX;
import static io.traceforge.redaction.CharClass.LOWER_ALNUM;
import static io.traceforge.redaction.CharClass.UPPER_ALNUM;
import static io.traceforge.redaction.CharClass.WORD;
import static io.traceforge.redaction.TokenRule.atLeast;
import static io.traceforge.redaction.TokenRule.dotted;
import static io.traceforge.redaction.TokenRule.exactly;

import java.util.Arrays;
import java.util.List;

/** Secrets that are known by their shape, wherever they stand. */
final class TokenRules {
  static final List<TokenRule> ALL =
      List.of(
          // Model providers. OpenAI, Anthropic, OpenRouter, DeepSeek and others share "sk-".
          atLeast("sk-", WORD, 16),
          atLeast("sk_", WORD, 24), // ElevenLabs, Stripe, Clerk
          atLeast("AIza", WORD, 30), // Google
          atLeast("AQ.", WORD, 40), // Google
          atLeast("gsk_", ALNUM, 20), // Groq
          atLeast("hf_", ALNUM, 20), // Hugging Face
          atLeast("xai-", WORD, 20),
          atLeast("pplx-", ALNUM, 20), // Perplexity
          atLeast("r8_", ALNUM, 20), // Replicate
          atLeast("nvapi-", WORD, 20), // NVIDIA
          atLeast("csk-", ALNUM, 20), // Cerebras
          atLeast("fw_", ALNUM, 16), // Fireworks
          atLeast("tvly-", WORD, 16), // Tavily
          atLeast("pcsk_", WORD, 20), // Pinecone
          atLeast("pk-lf-", WORD, 20), // Langfuse
          atLeast("lsv2_", WORD, 20), // LangSmith
          atLeast("ABSK", CharClass.TOKEN68, 40), // Amazon Bedrock
          // Clouds.
          exactly("AKIA", UPPER_ALNUM, 16), // Amazon, long-lived
          exactly("ASIA", UPPER_ALNUM, 16), // Amazon, for a session
          atLeast("ya29.", WORD, 20), // Google OAuth
          atLeast("GOCSPX-", WORD, 20), // Google OAuth client
          atLeast("dop_v1_", HEX, 40), // DigitalOcean
          atLeast("dapi", HEX, 32), // Databricks
          atLeast("hvs.", WORD, 20), // Vault
          atLeast("dp.pt.", ALNUM, 20), // Doppler
          atLeast("pul-", HEX, 40), // Pulumi
          // Code and packages.
          atLeast("ghp_", ALNUM, 30),
          atLeast("gho_", ALNUM, 30),
          atLeast("ghu_", ALNUM, 30),
          atLeast("ghs_", ALNUM, 30),
          atLeast("ghr_", ALNUM, 30),
          atLeast("github_pat_", WORD, 30),
          atLeast("glpat-", DOTTED, 16), // GitLab
          atLeast("npm_", ALNUM, 30),
          atLeast("pypi-", WORD, 40),
          atLeast("dckr_pat_", WORD, 20), // Docker
          // Messages, money and the rest.
          atLeast("xoxb-", WORD, 10), // Slack
          atLeast("xoxp-", WORD, 10),
          atLeast("xoxa-", WORD, 10),
          atLeast("xoxr-", WORD, 10),
          atLeast("xoxs-", WORD, 10),
          atLeast("xapp-", WORD, 10),
          atLeast("rk_live_", ALNUM, 16), // Stripe
          atLeast("rk_test_", ALNUM, 16),
          atLeast("whsec_", CharClass.TOKEN68, 24),
          atLeast("xoxe-", WORD, 10),
          atLeast("xoxc-", WORD, 10),
          atLeast("xoxd-", CharClass.TOKEN68, 10),
          atLeast("hooks.slack.com/services/", CharClass.TOKEN68, 20),
          atLeast("discord.com/api/webhooks/", CharClass.TOKEN68, 40),
          dotted("SG.", 1, 40), // SendGrid
          exactly("SK", HEX, 32), // Twilio
          exactly("key-", HEX, 32), // Mailgun
          atLeast("shpat_", HEX, 32), // Shopify
          atLeast("sq0atp-", WORD, 20), // Square
          atLeast("sq0csp-", WORD, 20),
          atLeast("lin_api_", ALNUM, 30), // Linear
          atLeast("ntn_", ALNUM, 30), // Notion
          atLeast("secret_", ALNUM, 40),
          atLeast("phc_", ALNUM, 30), // PostHog
          atLeast("phx_", ALNUM, 30),
          atLeast("NRAK-", UPPER_ALNUM, 20), // New Relic
          atLeast("glsa_", WORD, 30), // Grafana
          atLeast("figd_", WORD, 30), // Figma
          atLeast("AGE-SECRET-KEY-1", UPPER_ALNUM, 40),
          exactly("sbp_", LOWER_ALNUM, 40), // Supabase
          dotted("eyJ", 2, 30)); // JSON Web Tokens, signed or encrypted

  private static final TokenRule[] NO_RULES = {};

  /** By the first two characters: of words that begin with a certain letter there are many. */
  private static final TokenRule[][] BY_BEGINNING = byBeginning();

  private TokenRules() {}

  /** Returns whether some secret begins with a character. */
  static boolean begin(char first) {
    return ALL.stream().anyMatch(rule -> rule.prefix().charAt(0) == first);
  }

  /**
   * Returns where the secret that begins here ends, or -1 if none begins.
   *
   * @param cut whether the text may end within a secret
   */
  static int match(String text, int start, boolean cut) {
    for (TokenRule rule : beginning(text, start)) {
      int end = rule.match(text, start, cut);
      if (end >= 0) {
        return end;
      }
    }
    return -1;
  }

  /** Returns whether some secret begins with two characters of ASCII. */
  static boolean begin(char first, char second) {
    return BY_BEGINNING[first << 7 | second] != NO_RULES;
  }

  private static TokenRule[] beginning(String text, int start) {
    char second = start + 1 < text.length() ? text.charAt(start + 1) : 0;
    return second < 128 ? BY_BEGINNING[text.charAt(start) << 7 | second] : NO_RULES;
  }

  private static TokenRule[][] byBeginning() {
    TokenRule[][] rules = new TokenRule[128 << 7][];
    Arrays.fill(rules, NO_RULES);
    for (TokenRule rule : ALL) {
      int beginning = rule.prefix().charAt(0) << 7 | rule.prefix().charAt(1);
      TokenRule[] more = Arrays.copyOf(rules[beginning], rules[beginning].length + 1);
      more[more.length - 1] = rule;
      rules[beginning] = more;
    }
    return rules;
  }
}
