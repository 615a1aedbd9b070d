package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.TraceSearch;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A search sees what others have stored, indexed and deleted, whatever it is asked. */
class SearchOfOthersTest extends TwoBackends {
  private static final List<String> TOKENS =
      List.of(
          "AND",
          "OR",
          "NOT",
          "NEAR",
          "NEAR/3",
          "(",
          ")",
          "\"",
          "*",
          "^",
          "+",
          "-",
          ":",
          "{",
          "}",
          "f1",
          "text:",
          "rowid:",
          "function",
          "'",
          "''",
          "\\",
          ";",
          "--",
          "\0",
          "\ud800",
          "😀",
          "é",
          "%",
          "?",
          "?1",
          "@a",
          ",",
          "\u001f",
          "\uffff",
          " ",
          "\n",
          "1e9",
          "-1");

  private static long found(SqliteStorageBackend storage, String text) {
    TraceSearch search = storage.search().orElseThrow();
    long count = search.count(SearchQuery.of(text));
    List<SearchHit> hits = search.search(SearchQuery.of(text).withLimit(100)).items();
    assertThat(hits.size()).isEqualTo(Math.min(count, 100));
    return count;
  }

  @Test
  void whatTheOtherStoresIndexesAndDeletes() {
    for (int n = 0; n < 20; n++) {
      other.saveTraces(Conversations.session("s" + n, 3, n * 10, TestTraces.START));
      assertThat(found(one, "f1")).isEqualTo(n + 1);
      if (n % 3 == 0) {
        one.saveTraces(Conversations.session("t" + n, 3, 1_000 + n * 10, TestTraces.START));
        assertThat(found(other, "f1")).isEqualTo(n + 2);
        assertThat(found(one, "f1")).isEqualTo(n + 2);
        one.deleteSession("t" + n);
        assertThat(found(other, "f1")).isEqualTo(n + 1);
      }
    }
    for (int n = 0; n < 20; n++) {
      other.deleteSession("s" + n);
      assertThat(found(one, "f1")).isEqualTo(19 - n);
    }
    assertThat(one.check()).isEmpty();
  }

  /** The numbers of deleted parts are given again only where the index has not come yet. */
  @Test
  void whatIsDeletedBeforeItIsIndexedOrAfter() {
    one.saveTraces(Conversations.session("first", 3, 0, TestTraces.START));
    assertThat(found(one, "f1")).isEqualTo(1);
    one.saveTraces(Conversations.session("second", 3, 10, TestTraces.START));
    other.deleteSession("second");
    one.saveTraces(Conversations.session("third", 3, 20, TestTraces.START));
    assertThat(found(one, "f1")).isEqualTo(2);
    other.deleteSession("third");
    other.deleteSession("first");
    one.saveTraces(Conversations.session("fourth", 3, 30, TestTraces.START));
    assertThat(found(one, "f1")).isEqualTo(1);
    assertThat(one.check()).isEmpty();
  }

  @Test
  void anyTextAtAll() {
    one.saveTraces(Conversations.session("s", 3, 0, TestTraces.START));
    Random random = new Random(1);
    for (int n = 0; n < 1_500; n++) {
      StringBuilder text = new StringBuilder();
      for (int token = random.nextInt(12); token >= 0; token--) {
        text.append(TOKENS.get(random.nextInt(TOKENS.size())));
        text.append(random.nextBoolean() ? " " : "");
      }
      String words = text.toString();
      SearchQuery query = SearchQuery.of(words).inSession(n % 3 == 0 ? words : "s");
      TraceSearch search = one.search().orElseThrow();
      assertThat(search.count(query)).as(words).isNotNegative();
      assertThat(search.search(n % 2 == 0 ? query : query.bestFirst()).items()).isNotNull();
    }
  }
}
