package io.traceforge.storage.sqlite;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is cut without the engine is what the engine would have marked. */
class WordSnippetTest {

  @Test
  void onlyAQueryOfOnePlainWordIsCutWithoutTheEngine() {
    assertThat(WordSnippet.wordOf("\"travel\"")).isEqualTo("travel");
    assertThat(
            List.of("\"tra vel\"", "\"travel\" *", "\"a\" OR \"b\"", "\"trável\"", "\"a-b\"")
                .stream()
                .filter(query -> WordSnippet.wordOf(query) != null))
        .isEmpty();
  }

  @Test
  void aShortTextIsTakenWhole() {
    Snippets.Snippet snippet = WordSnippet.of("(Travel!) untravelled, TRAVEL", "travel");

    assertThat(snippet).isNotNull();
    assertThat(snippet.text()).isEqualTo("(Travel!) untravelled, TRAVEL");
    assertThat(marked(snippet)).containsExactly("Travel", "TRAVEL");
  }

  @Test
  void aWordThatMayBeAnotherIsLeftToTheEngine() {
    assertThat(WordSnippet.of("travelé travel\u0301 travels \u212aelvin", "travel")).isNull();
    assertThat(WordSnippet.of("\u212aelvin", "kelvin")).isNull();
    assertThat(WordSnippet.of("trável", "travel")).isNull();
    assertThat(WordSnippet.of("", "travel")).isNull();
  }

  @Test
  void theEngineCutsTheSameWhereNoSentenceBegins() throws SQLException {
    Random random = new Random(1);
    try (Snippets engine = new Snippets()) {
      for (int round = 0; round < 300; round++) {
        int words = 1 + random.nextInt(100);
        int place = random.nextInt(words);
        String text =
            IntStream.range(0, words)
                .mapToObj(n -> n == place ? "Travel" : "w" + random.nextInt(1_000))
                .collect(joining(" "));
        // One that begins at the beginning pleases the engine more.
        if (place >= Snippets.WORDS) {
          assertThat(WordSnippet.of(text, "travel"))
              .isEqualTo(engine.of(Map.of(1L, text), "\"travel\"").get(1L));
        }
      }
    }
  }

  private static List<String> marked(Snippets.Snippet snippet) {
    return snippet.marks().stream()
        .map(mark -> snippet.text().substring(mark.start(), mark.end()))
        .toList();
  }
}
