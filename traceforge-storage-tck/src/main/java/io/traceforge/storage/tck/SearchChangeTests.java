package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SearchQuery;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a search finds of calls that were deleted, or stored again with other texts. */
abstract class SearchChangeTests extends SearchingTests {
  private static final int CALLS = 15;
  private static final int WORDS = 8;
  private static final int CHANGES = 400;

  SearchChangeTests(StorageBackendContract contract) {
    super(contract);
  }

  @Test
  void whatIsDeletedIsNotFoundUnlessAnotherSessionHasItToo() {
    save(says("a", 1, "private answer", "shared question of all").build());
    save(says("b", 2, "ok", "shared question of all").build());
    storage.deleteSession("a");
    assertThat(find("private")).isEmpty();
    assertThat(find("question")).containsExactly(Samples.id(2));
    storage.deleteSession("b");
    assertThat(find("question")).isEmpty();
    assertThat(search.count(SearchQuery.of("question"))).isZero();
    save(says("c", 3, "ok", "shared question of all").build());
    assertThat(find("question")).containsExactly(Samples.id(3));
  }

  @Test
  void whatIsReplacedIsNotFound() {
    save(says("s", 1, "first answer", "the old question", "kept").build());
    assertThat(find("old OR first")).hasSize(2);
    save(says("s", 1, "second answer", "the new question", "kept").build());
    assertThat(find("old OR first")).isEmpty();
    assertThat(search.count(SearchQuery.of("old OR first"))).isZero();
    assertThat(find("new")).containsExactly(Samples.id(1));
    assertThat(find("kept")).containsExactly(Samples.id(1));
    save(says("s", 1, "first answer", "the old question").build());
    assertThat(find("old")).containsExactly(Samples.id(1));
    assertThat(find("new OR kept")).isEmpty();
  }

  @Test
  void whatIsReplacedIsFoundInOtherCallsThatHaveItToo() {
    save(says("s", 1, "ok", "shared question", "lost question").build());
    save(says("s", 2, "fine", "shared question").build());
    save(says("other", 3, "good", "shared question").build());
    save(says(null, 4, "well", "shared question").build());
    save(says("s", 1, "ok", "something else").build());
    assertThat(find("shared"))
        .containsExactlyInAnyOrder(Samples.id(4), Samples.id(3), Samples.id(2));
    assertThat(find("lost")).isEmpty();
    save(says("other", 3, "good", "something else").build());
    save(says(null, 4, "well", "something else").build());
    assertThat(find("shared")).containsExactly(Samples.id(2));
    storage.deleteSession("s");
    assertThat(find("shared")).isEmpty();
  }

  @Test
  void whatMovesToAnotherSessionIsFoundThere() {
    save(says("s", 1, "the answer", "the question").build());
    save(says("t", 1, "the answer", "the question").build());
    assertThat(find(SearchQuery.of("question").inSession("s"))).isEmpty();
    assertThat(find(SearchQuery.of("question").inSession("t"))).containsExactly(Samples.id(1));
    assertThat(find("question")).containsExactly(Samples.id(1));
  }

  @Test
  void whatIsStoredTwiceIsFoundOnce() {
    save(says("s", 1, "the answer", "the question").build());
    save(says("s", 1, "the answer", "the question").build());
    assertThat(find("question")).containsExactly(Samples.id(1));
    assertThat(search.count(SearchQuery.of("question OR answer"))).isEqualTo(2);
  }

  @Test
  void aRequestThatChangedBeforeItsEndIsFoundAsItIs() {
    save(says("s", 1, "", "asked first").response(null).status(TraceStatus.IN_PROGRESS).build());
    assertThat(find("first")).containsExactly(Samples.id(1));
    save(says("s", 1, "the answer", "asked instead").build());
    assertThat(find("first")).isEmpty();
    assertThat(find("instead")).containsExactly(Samples.id(1));
  }

  @Test
  void anAnswerThatChangedBeforeItsEndIsFoundAsItIs() {
    save(says("s", 1, "answered first", "the question").status(TraceStatus.IN_PROGRESS).build());
    assertThat(find("first")).containsExactly(Samples.id(1));
    save(says("s", 1, "answered instead", "the question").build());
    assertThat(find("first")).isEmpty();
    assertThat(find("instead")).containsExactly(Samples.id(1));
    assertThat(find("question")).containsExactly(Samples.id(1));
  }

  /** A call of some words, in one of two sessions or in none. */
  private record Said(int n, @Nullable String session, List<Integer> words) {

    static Said random(Random random) {
      int n = random.nextInt(CALLS);
      String session = random.nextInt(4) == 0 ? null : random.nextBoolean() ? "a" : "b";
      List<Integer> words = random.ints(random.nextInt(4), 0, WORDS).distinct().boxed().toList();
      return new Said(n, session, words);
    }

    Trace trace() {
      String[] messages = words.stream().map(word -> "some word" + word).toArray(String[]::new);
      return says(session, n, "ok", messages).build();
    }

    String holder() {
      return session == null ? "call " + n : session;
    }
  }

  @Test
  void afterAnyChangesAWordIsFoundOnceWhereverItIs() {
    Random random = new Random(1);
    Map<String, Said> stored = new HashMap<>();
    for (int change = 1; change <= CHANGES; change++) {
      if (random.nextInt(20) == 0) {
        storage.deleteSession("a");
        stored.values().removeIf(said -> said.holder().equals("a"));
      } else {
        Said said = Said.random(random);
        save(said.trace());
        stored.put(Samples.id(said.n()), said);
      }
      if (change % 10 == 0) {
        assertAllIsFound(stored);
      }
    }
  }

  private void assertAllIsFound(Map<String, Said> stored) {
    for (int word = 0; word < WORDS; word++) {
      int looked = word;
      List<Said> having =
          stored.values().stream().filter(said -> said.words().contains(looked)).toList();
      List<@Nullable Said> found = find("word" + word).stream().map(stored::get).toList();
      assertThat(having).containsAll(found);
      assertThat(found)
          .extracting(Said::holder)
          .containsExactlyInAnyOrderElementsOf(
              having.stream().map(Said::holder).distinct().toList());
    }
  }
}
