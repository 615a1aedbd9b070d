package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.storage.Page;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What a search gives: each text once, where it was said, all that was stored before. */
abstract class SearchHitTests extends SearchingTests {
  private static final int MANY = 5_000;
  private static final int CALLS = 100;

  SearchHitTests(StorageBackendContract contract) {
    super(contract);
  }

  @Test
  void aTextThatIsSentAgainIsFoundWhereItCameFirst() {
    String[] said = {"find a train to Paris", "which day, please", "on Monday"};
    save(says("s", 1, said[1], said[0]).build());
    save(says("s", 2, "booked it", said).build());
    save(says("other", 3, "yes", said[0]).build());
    assertThat(find("paris")).containsExactly(Samples.id(3), Samples.id(1));
    assertThat(find("booked")).containsExactly(Samples.id(2));
    assertThat(find("monday")).containsExactly(Samples.id(2));
    assertThat(search.count(SearchQuery.of("paris"))).isEqualTo(2);
  }

  @Test
  void anAnswerThatIsSentBackIsFoundWhereItCame() {
    save(says("s", 1, "booked it", "book it").build());
    save(sends("s", 2, message("user", "book it"), message("assistant", "booked it")).build());
    assertThat(find("booked")).containsExactly(Samples.id(1));
    assertThat(search.count(SearchQuery.of("booked"))).isEqualTo(1);
    assertThat(find(SearchQuery.of("booked").bestFirst())).containsExactly(Samples.id(1));
    save(sends("t", 3, message("assistant", "booked it")).build());
    assertThat(find("booked")).containsExactlyInAnyOrder(Samples.id(1), Samples.id(3));
  }

  @Test
  void aTextWithMembersInAnotherOrderIsFoundOnce() {
    String turned = "{\"content\":\"booked it\",\"role\":\"assistant\"}";
    for (String session : List.of("s", "t")) {
      int n = session.equals("s") ? 1 : 3;
      save(sends(session, n, message("assistant", "booked it")).build());
      save(sends(session, n + 1, turned).build());
    }
    assertThat(find("booked")).containsExactlyInAnyOrder(Samples.id(3), Samples.id(1));
    assertThat(search.count(SearchQuery.of("booked"))).isEqualTo(2);
    assertThat(find(SearchQuery.of("booked").inSession("t"))).containsExactly(Samples.id(3));
    storage.deleteSession("s");
    assertThat(find("booked")).containsExactly(Samples.id(3));
  }

  @Test
  void theNewestComesFirstUnlessTheBestIsAskedFor() {
    save(says("s", 1, "ok", "paris paris paris").build());
    save(says("s", 2, "ok", "much about many places and also paris").build());
    assertThat(find("paris")).containsExactly(Samples.id(2), Samples.id(1));
    assertThat(find(SearchQuery.of("paris").bestFirst()))
        .containsExactly(Samples.id(1), Samples.id(2));
  }

  @Test
  void whatComesWithTheEndIsFound() {
    Trace.Builder begun = says("s", 1, "", "the question").response(null);
    save(begun.status(TraceStatus.IN_PROGRESS).build());
    assertThat(find("question")).containsExactly(Samples.id(1));
    save(says("s", 1, "the answer", "the question").build());
    assertThat(find("answer")).containsExactly(Samples.id(1));
    assertThat(find("question")).containsExactly(Samples.id(1));
  }

  @Test
  void aHitTellsItsCall() {
    save(says("s", 7, "ok", "needle").build());
    SearchHit hit = search.search(SearchQuery.of("needle")).items().get(0);
    assertThat(hit.traceId()).isEqualTo(Samples.id(7));
    assertThat(hit.sessionId()).isEqualTo("s");
    assertThat(hit.stepIndex()).isEqualTo(7);
    assertThat(hit.startTime()).isEqualTo(Samples.at(7));
    save(says("s", 8, "ok", "of no session").sessionId(null).build());
    assertThat(search.search(SearchQuery.of("of no session")).items())
        .extracting(SearchHit::sessionId)
        .containsExactly((String) null);
  }

  @Test
  void theSnippetShowsThePlace() {
    String filler = "so it goes on and on ".repeat(2_000);
    save(says("s", 1, "ok", filler + "😀 the N\\u00e9edle here " + filler).build());
    SearchHit hit = search.search(SearchQuery.of("needle")).items().get(0);
    assertThat(hit.marked("[", "]")).contains("😀 the [Néedle] here").startsWith("…").endsWith("…");
    assertThat(hit.snippet()).hasSizeLessThan(1_000);
  }

  /** Reads all pages, doing something after each. */
  private List<String> readAll(SearchQuery query, Runnable betweenPages) {
    List<String> found = new ArrayList<>();
    for (Page<SearchHit> page = search.search(query); ; page = search.search(query)) {
      assertThat(page.items()).hasSizeLessThanOrEqualTo(query.limit());
      page.items().forEach(hit -> found.add(hit.traceId() + " " + hit.snippet()));
      assertThat(found).as("pages go on").hasSizeLessThan(MANY);
      if (page.nextCursor() == null) {
        return found;
      }
      betweenPages.run();
      query = query.after(page.nextCursor());
    }
  }

  private void saveMany() {
    for (int n = 0; n < 150; n++) {
      save(says("s" + n % 7, n, "answer " + n % 20, "common text " + n % 45).build());
    }
  }

  @Test
  void pagesHaveNoGapsAndNoRepeats() {
    saveMany();
    SearchQuery query = SearchQuery.of("common OR answer");
    List<String> whole = readAll(query.withLimit(1_000), () -> {});
    // Each of 45 questions in 3 or 4 sessions, each of 20 answers in 7.
    assertThat(whole).doesNotHaveDuplicates().hasSize(150 + 140);
    assertThat(search.count(query)).isEqualTo(whole.size());
    for (int limit : new int[] {7, 29, 290}) {
      assertThat(readAll(query.withLimit(limit), () -> {})).isEqualTo(whole);
    }
  }

  @Test
  void writesBetweenPagesLeaveNoGap() {
    saveMany();
    SearchQuery query = SearchQuery.of("common OR answer");
    List<String> before = readAll(query.withLimit(1_000), () -> {});
    AtomicInteger next = new AtomicInteger(1_000);
    Runnable write =
        () -> save(says("t", next.incrementAndGet(), "answer new", "common and new").build());
    assertThat(readAll(query.withLimit(20), write)).doesNotHaveDuplicates().containsAll(before);
  }

  @Test
  void aCursorThatNoPageGaveIsRefused() {
    assertThatThrownBy(() -> search.search(SearchQuery.of("word").after("nonsense")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void allIsFoundThatWasStoredBefore() {
    for (int n = 1; n <= CALLS; n++) {
      save(says("s", n, "ok", "word" + n).build());
      assertThat(find("word" + n)).containsExactly(Samples.id(n));
    }
  }

  @Test
  void othersMaySearchWhileOneWrites() throws Exception {
    AtomicInteger written = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    Callable<Void> write =
        () -> {
          try {
            for (int n = 1; n <= CALLS; n++) {
              save(says("s", n, "answer" + n, "common word" + n).build());
              written.set(n);
            }
          } finally {
            done.set(true);
          }
          return null;
        };
    Callable<Void> search = () -> searchUntil(done, written);
    together(List.of(write, search, search));
  }

  private Void searchUntil(AtomicBoolean done, AtomicInteger written) {
    boolean last;
    do {
      last = done.get();
      int n = written.get();
      assertThat(search.count(SearchQuery.of("common"))).isBetween((long) n, (long) CALLS);
      if (n > 0) {
        assertThat(find("word" + n)).containsExactly(Samples.id(n));
      }
    } while (!last);
    return null;
  }
}
