package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.Page;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceResponse;
import io.traceforge.trace.TraceStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was said is found, once, where it was said. */
class SearchTest {
  @TempDir Path directory;
  private SqliteStorageBackend storage;
  private TraceSearch search;

  @BeforeEach
  void open() {
    storage = SqliteStorageBackend.open(directory.resolve("traces.db"));
    search = storage.search().orElseThrow();
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private static Trace.Builder says(String session, int n, String answer, String... messages) {
    String response = "{\"choices\":[{\"index\":0,\"message\":" + message(answer) + "}]}";
    List<String> all = new ArrayList<>();
    for (String message : messages) {
      all.add(message(message));
    }
    return TestTraces.trace(session, n)
        .stepIndex(n)
        .request(
            TestTraces.request("{\"model\":\"m\",\"messages\":[" + String.join(",", all) + "]}"))
        .response(
            TraceResponse.of(
                200, HttpHeaders.empty(), TraceBody.ofText(response, "application/json"), null));
  }

  private static String message(String text) {
    return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
  }

  private List<String> find(String words) {
    return ids(search.search(SearchQuery.of(words)).items());
  }

  private static List<String> ids(List<SearchHit> hits) {
    return hits.stream().map(SearchHit::traceId).toList();
  }

  private static String id(int n) {
    return TestTraces.id(n);
  }

  @Test
  void aTextThatIsSentAgainIsFoundWhereItCameFirst() {
    String[] said = {"find a train to Paris", "which day, please", "on Monday"};
    storage.saveTrace(says("s", 1, said[1], said[0]).build());
    storage.saveTrace(says("s", 2, "booked it", said).build());
    storage.saveTrace(says("other", 3, "yes", said[0]).build());

    assertThat(find("paris")).containsExactly(id(3), id(1));
    assertThat(find("booked")).containsExactly(id(2));
    assertThat(find("monday")).containsExactly(id(2));
    assertThat(search.count(SearchQuery.of("paris"))).isEqualTo(2);
  }

  @Test
  void wordsPhrasesBeginningsAndOperators() {
    storage.saveTrace(says("s", 1, "ok", "the refund for New York").build());
    storage.saveTrace(says("s", 2, "ok", "the refund for Paris was cancelled").build());
    storage.saveTrace(says("s", 3, "ok", "York is new here; caf\\u00e9 \\\"Gare\\\"").build());

    assertThat(find("refund york")).containsExactly(id(1));
    assertThat(find("\"new york\"")).containsExactly(id(1));
    assertThat(find("cancel*")).containsExactly(id(2));
    assertThat(find("paris OR york")).containsExactly(id(3), id(2), id(1));
    assertThat(find("refund NOT cancelled")).containsExactly(id(1));
    assertThat(find("refund (paris OR \"new york\") NOT cancel*")).containsExactly(id(1));
    assertThat(find("CAFE gare")).containsExactly(id(3));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "\"",
        "\"\"",
        "*",
        "(",
        ")",
        "((((",
        "^",
        "-",
        ":",
        "😀",
        "\0",
        "\ud800",
        "* ( \" )"
      })
  void whatHasNoWordFindsNothing(String text) {
    storage.saveTrace(says("s", 1, "ok", "anything").build());
    assertThat(find(text)).isEmpty();
    assertThat(search.count(SearchQuery.of(text))).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"anything",
        "(anything",
        "anything)",
        "any* (thing OR",
        "NOT anything",
        "anything OR",
        "NEAR(anything thing)",
        "text:anything",
        "^anything",
        "anything; DROP TABLE traces",
        "anything\0",
        "a\ud800nything",
        "AND OR NOT anything",
        "{anything}",
        "anything + thing"
      })
  void anyTextIsAQuery(String text) {
    storage.saveTrace(says("s", 1, "ok", "anything").build());
    assertThat(find(text)).isSubsetOf(id(1));
    assertThat(find("(".repeat(1_000) + "anything" + ")".repeat(1_000))).containsExactly(id(1));
    assertThat(find("anything ".repeat(10_000))).containsExactly(id(1));
    assertThat(find("OR anything ".repeat(1_000))).isSubsetOf(id(1));
  }

  @Test
  void filters() {
    storage.saveTrace(says("a", 1, "ok", "hello world").build());
    storage.saveTrace(says("b", 2, "ok", "hello there").status(TraceStatus.ERROR).build());
    storage.saveTrace(says("b", 3, "ok", "hello again").build());
    SearchQuery hello = SearchQuery.of("hello");

    assertThat(ids(search.search(hello.inSession("b")).items())).containsExactly(id(3), id(2));
    assertThat(ids(search.search(hello.inSession("b").bestFirst()).items())).hasSize(2);
    assertThat(search.search(hello.inSession("none")).items()).isEmpty();
    assertThat(ids(search.search(hello.withStatus(TraceStatus.ERROR)).items()))
        .containsExactly(id(2));
    assertThat(search.search(hello.withModel("m")).items()).hasSize(3);
    assertThat(search.search(hello.withModel("other")).items()).isEmpty();
    assertThat(search.search(hello.withProvider("openai")).items()).isEmpty();
    SearchQuery later = hello.startedFrom(TestTraces.START.plusMillis(2));
    assertThat(ids(search.search(later.startedBefore(TestTraces.START.plusMillis(3))).items()))
        .containsExactly(id(2));
    assertThat(search.count(later)).isEqualTo(2);
  }

  @Test
  void pagesHaveNoGapsAndNoRepeats() {
    for (int n = 0; n < 300; n++) {
      storage.saveTrace(says("s" + n % 7, n, "answer " + n % 40, "common text " + n % 90).build());
    }
    SearchQuery query = SearchQuery.of("common OR answer").withLimit(7);
    List<String> found = new ArrayList<>();
    Page<SearchHit> page = search.search(query);
    while (page.nextCursor() != null) {
      page.items().forEach(hit -> found.add(hit.traceId() + hit.snippet()));
      page = search.search(query.after(page.nextCursor()));
    }
    page.items().forEach(hit -> found.add(hit.traceId() + hit.snippet()));

    assertThat(found).doesNotHaveDuplicates().hasSize((int) search.count(query));
    // Each of 90 questions in 3 or 4 sessions, each of 40 answers in 7.
    assertThat(found).hasSize(300 + 280);
  }

  @Test
  void theBestComesFirst() {
    storage.saveTrace(says("s", 1, "ok", "paris paris paris").build());
    storage.saveTrace(says("s", 2, "ok", "much about many places and also paris").build());
    assertThat(ids(search.search(SearchQuery.of("paris").bestFirst()).items()))
        .containsExactly(id(1), id(2));
    assertThat(find("paris")).containsExactly(id(2), id(1));
  }

  @Test
  void theSnippetShowsThePlace() {
    String filler = "so it goes on and on ".repeat(2_000);
    storage.saveTrace(says("s", 1, "ok", filler + "😀 the N\\u00e9edle here " + filler).build());
    SearchHit hit = search.search(SearchQuery.of("needle")).items().get(0);
    assertThat(hit.marked("[", "]")).contains("😀 the [Néedle] here").startsWith("…").endsWith("…");
    assertThat(hit.snippet()).hasSizeLessThan(400);
    assertThat(hit.stepIndex()).isEqualTo(1);
    assertThat(hit.sessionId()).isEqualTo("s");
    assertThat(hit.startTime()).isEqualTo(TestTraces.START.plusMillis(1));
  }

  @Test
  void whatIsDeletedIsNotFoundUnlessAnotherSessionHasItToo() {
    storage.saveTrace(says("a", 1, "private answer", "shared question of all").build());
    storage.saveTrace(says("b", 2, "ok", "shared question of all").build());
    assertThat(find("question")).containsExactly(id(2), id(1));
    storage.deleteSession("a");
    assertThat(find("private")).isEmpty();
    assertThat(find("question")).containsExactly(id(2));
    storage.deleteSession("b");
    assertThat(find("question")).isEmpty();
    storage.saveTrace(says("c", 3, "ok", "shared question of all").build());
    assertThat(find("question")).containsExactly(id(3));
  }

  @Test
  void theIndexIsKeptWhileNobodySearches() {
    storage.saveTrace(says("a", 1, "ok", "hello").build());
    while (storage.maintain()) {
      // a little each time
    }
    assertThat(storage.maintain()).isFalse();
    assertThat(find("hello")).containsExactly(id(1));
  }
}
