package io.traceforge.benchmarks.storage;

import java.util.Random;

/** Made-up words, some much more frequent than others, as in a language. */
final class Words {
  /** In one text of five or so. */
  static final String COMMON = "travel";

  /** In one text of a hundred thousand or so. */
  static final String RARE = "quokka";

  private static final String[] SYLLABLES =
      "ba ce di fo gu ha ki lo mu ne pi ro su ta ve wo".split(" ", -1);
  private static final int VOCABULARY = 20_000;

  private final Random random;

  Words(long seed) {
    random = new Random(seed);
  }

  /** Returns a text of about so many bytes that nobody has seen before. */
  String text(int bytes) {
    StringBuilder text = new StringBuilder(bytes + 16).append("n").append(random.nextLong());
    if (random.nextInt(5) == 0) {
      text.append(' ').append(COMMON);
    }
    if (random.nextInt(100_000) == 0) {
      text.append(' ').append(RARE);
    }
    while (text.length() < bytes) {
      text.append(' ');
      appendWord(text);
    }
    return text.toString();
  }

  private void appendWord(StringBuilder text) {
    double chance = random.nextDouble();
    int word = (int) (VOCABULARY * chance * chance * chance);
    for (int rest = word + SYLLABLES.length; rest > 0; rest /= SYLLABLES.length) {
      text.append(SYLLABLES[rest % SYLLABLES.length]);
    }
  }
}
