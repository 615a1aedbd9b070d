package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SearchQuery;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceStatus;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a query means, and that any text is one. */
abstract class SearchTests extends SearchingTests {
  private static final List<String> WITHOUT_WORDS =
      List.of(
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
          "* ( \" )");

  private static final List<String> ODD =
      List.of(
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
          "' OR '1'='1",
          "anything\0",
          "a\ud800nything",
          "AND OR NOT anything",
          "{anything}",
          "anything + thing",
          "%_anything\\",
          "*anything*");

  SearchTests(StorageBackendContract contract) {
    super(contract);
  }

  private void saveThree() {
    save(says("s", 1, "booked", "the refund for New York").build());
    save(says("s", 2, "ok", "the refund for Paris was cancelled").build());
    save(says("s", 3, "ok", "York is new here; caf\\u00e9 \\\"Gare\\\"").build());
  }

  @Test
  void aWordOfAQuestionOrOfAnAnswer() {
    saveThree();
    assertThat(find("paris")).containsExactly(Samples.id(2));
    assertThat(find("booked")).containsExactly(Samples.id(1));
    assertThat(find("pari")).isEmpty();
  }

  @Test
  void allWordsStandInOneText() {
    saveThree();
    assertThat(find("refund york")).containsExactly(Samples.id(1));
    assertThat(find("york AND refund")).containsExactly(Samples.id(1));
    assertThat(find("booked york")).isEmpty();
  }

  @Test
  void wordsInQuotesFollowEachOther() {
    saveThree();
    assertThat(find("\"new york\"")).containsExactly(Samples.id(1));
    assertThat(find("\"york is new\"")).containsExactly(Samples.id(3));
  }

  @Test
  void aStarStandsForAnyEnding() {
    saveThree();
    assertThat(find("cancel*")).containsExactly(Samples.id(2));
    assertThat(find("ref*")).containsExactly(Samples.id(2), Samples.id(1));
  }

  @Test
  void operatorsAndBrackets() {
    saveThree();
    assertThat(find("paris OR york")).containsExactly(Samples.id(3), Samples.id(2), Samples.id(1));
    assertThat(find("refund NOT cancelled")).containsExactly(Samples.id(1));
    assertThat(find("refund (paris OR \"new york\") NOT cancel*")).containsExactly(Samples.id(1));
  }

  @Test
  void caseAndAccentsDoNotMatter() {
    saveThree();
    assertThat(find("CAFE gare")).containsExactly(Samples.id(3));
    assertThat(find("Café")).containsExactly(Samples.id(3));
  }

  @Test
  void aTextWithoutWordsFindsNothing() {
    save(says("s", 1, "ok", "anything").build());
    for (String text : WITHOUT_WORDS) {
      assertThat(find(text)).as(text).isEmpty();
      assertThat(find(SearchQuery.of(text).bestFirst())).as(text).isEmpty();
      assertThat(search.count(SearchQuery.of(text))).as(text).isZero();
    }
  }

  @Test
  void anyTextIsAQuery() {
    save(says("s", 1, "ok", "anything").build());
    for (String text : ODD) {
      assertThat(find(text)).as(text).isSubsetOf(Samples.id(1));
      assertThat(find(SearchQuery.of(text).bestFirst())).as(text).isSubsetOf(Samples.id(1));
      assertThat(search.count(SearchQuery.of(text))).as(text).isEqualTo(find(text).size());
    }
    assertThat(find("anything")).as("all is still there").containsExactly(Samples.id(1));
  }

  @Test
  void queriesMayBeLong() {
    save(says("s", 1, "ok", "anything").build());
    assertThat(find("(".repeat(1_000) + "anything" + ")".repeat(1_000)))
        .containsExactly(Samples.id(1));
    assertThat(find("anything ".repeat(10_000))).containsExactly(Samples.id(1));
    assertThat(find("OR anything ".repeat(1_000))).isSubsetOf(Samples.id(1));
    assertThat(find("x".repeat(1 << 20))).isEmpty();
  }

  private static Trace of(String session, int n, String model, String provider) {
    TraceMetadata metadata = TraceMetadata.builder().requestModel(model).provider(provider).build();
    return says(session, n, "ok", "hello " + n).metadata(metadata).build();
  }

  private void saveOfEachKind() {
    save(of("a", 1, "m", "p"), of("b", 2, "m", "q"), of("b", 3, "n", "q"));
    save(of("b", 4, "n", "p").toBuilder().status(TraceStatus.ERROR).build());
  }

  @Test
  void bySession() {
    saveOfEachKind();
    SearchQuery hello = SearchQuery.of("hello");
    assertThat(find(hello.inSession("a"))).containsExactly(Samples.id(1));
    assertThat(find(hello.inSession("b")))
        .containsExactly(Samples.id(4), Samples.id(3), Samples.id(2));
    assertThat(find(hello.inSession("b").bestFirst())).hasSize(3);
    assertThat(find(hello.inSession("none"))).isEmpty();
  }

  @Test
  void byModelProviderAndStatus() {
    saveOfEachKind();
    SearchQuery hello = SearchQuery.of("hello");
    assertThat(find(hello.withModel("m"))).containsExactly(Samples.id(2), Samples.id(1));
    assertThat(find(hello.withProvider("q"))).containsExactly(Samples.id(3), Samples.id(2));
    assertThat(find(hello.withStatus(TraceStatus.ERROR))).containsExactly(Samples.id(4));
    assertThat(find(hello.withModel("n").withProvider("q"))).containsExactly(Samples.id(3));
    assertThat(find(hello.withModel("none"))).isEmpty();
    assertThat(search.count(hello.withModel("m"))).isEqualTo(2);
    assertThat(find(hello.withModel("m").bestFirst())).hasSize(2);
  }

  @Test
  void byTimeFromInclusiveToExclusive() {
    saveOfEachKind();
    SearchQuery later = SearchQuery.of("hello").startedFrom(Samples.at(2));
    assertThat(find(later)).containsExactly(Samples.id(4), Samples.id(3), Samples.id(2));
    assertThat(find(later.startedBefore(Samples.at(4))))
        .containsExactly(Samples.id(3), Samples.id(2));
    assertThat(search.count(later)).isEqualTo(3);
  }
}
