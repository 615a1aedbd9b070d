package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A search that makes an index of its own, while what it is about is stored, indexed and deleted.
 */
@Timeout(120)
class LateSearchTest {
  private static final int STAYING = 500;

  @TempDir Path directory;
  private Path file;
  private SqliteStorageBackend storage;
  private final Random random = new Random(1);
  private final String swinging = message("swinging");
  private final String stays = message("swinging");

  @BeforeEach
  void open() {
    file = directory.resolve("traces.db");
    storage = SqliteStorageBackend.open(file);
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private void store(@Nullable String session, int n, String word) {
    storage.saveTrace(TestTraces.says(session, n, message(word)));
  }

  private String message(String word) {
    StringBuilder text = new StringBuilder(word);
    for (int i = 0; i < 100; i++) {
      text.append(' ').append(Long.toString(random.nextLong(), 36));
    }
    return "{\"role\":\"user\",\"content\":\"" + text + "\"}";
  }

  private static List<SearchHit> hits(TraceSearch search, String word) {
    return search.search(SearchQuery.of(word).withLimit(1_000)).items();
  }

  /** The number of what is deleted is given again, as nothing is indexed yet. */
  private void storeAndDelete() {
    for (int n = 0; n < 30; n++) {
      store("going", 10_000 + n, "going");
    }
    storage.deleteSession("going");
    for (int n = 0; n < 30; n++) {
      store("other", 20_000 + n, "other");
    }
    storage.deleteSession("other");
  }

  /** What they said before is gone, and what they say now is new. */
  private void sayAnew() {
    store("changing", 30_000, "changing");
    store(null, 30_001, "wandering");
    sayWhatANewSessionSays();
    sayWhatTheNextCallHasSaid();
    goAwayAndComeBack();
  }

  private void sayWhatANewSessionSays() {
    String message = message("repeating");
    int n = newNumber();
    storage.saveTrace(TestTraces.says("new" + n, n, message));
    storage.saveTrace(TestTraces.says("repeating", 30_002, message));
  }

  private int newNumber() {
    return 40_000 + random.nextInt(1_000_000);
  }

  /** Its end is stored late: the next call has sent back what it says. */
  private void sayWhatTheNextCallHasSaid() {
    String message = message("echoing");
    int next = newNumber();
    storage.saveTrace(TestTraces.says("echoing", next, message));
    Trace answer = TestTraces.says("echoing", 30_003, message);
    storage.saveTrace(answer.toBuilder().status(TraceStatus.IN_PROGRESS).build());
    storage.saveTrace(TestTraces.says("echoing", next, message("silent")));
  }

  /** The same text may get the same number. */
  private void goAwayAndComeBack() {
    for (String message : List.of(swinging, stays, swinging)) {
      storage.saveTrace(TestTraces.says("swinging", 30_004, message));
    }
  }

  private static int searchUntil(AtomicBoolean done, StorageBackend looking) {
    TraceSearch search = looking.search().orElseThrow();
    int searches = 0;
    for (; !done.get() || searches == 0; searches++) {
      assertThat(hits(search, "staying"))
          .hasSize(STAYING)
          .extracting(SearchHit::traceId)
          .doesNotHaveDuplicates();
      assertThat(search.count(SearchQuery.of("staying"))).isEqualTo(STAYING);
      assertThat(hits(search, "going"))
          .allSatisfy(hit -> assertThat(hit.marked("[", "]")).startsWith("[going]"))
          .extracting(SearchHit::traceId)
          .doesNotHaveDuplicates();
      assertThat(hits(search, "changing")).hasSize(1);
      assertThat(hits(search, "wandering")).hasSize(1);
      assertThat(hits(search, "echoing")).isNotEmpty();
      assertThat(hits(search, "swinging"))
          .extracting(SearchHit::traceId)
          .contains(TestTraces.id(30_004))
          .doesNotHaveDuplicates();
      assertThat(hits(search, "repeating")).extracting(SearchHit::sessionId).contains("repeating");
    }
    return searches;
  }

  @Test
  void seesEverythingOnceThoughItMayNotWrite() throws Exception {
    storage.saveTrace(TestTraces.says("silent", 1, message("silent"))); // there is a file then
    try (var looking = StorageBackend.open("sqlite:" + file + "?mode=ro")) {
      seesEverythingOnceWhileItIsIndexedAndOthersComeAndGo(looking);
    }
  }

  @Test
  void seesEverythingOnceAsItIndexes() throws Exception {
    seesEverythingOnceWhileItIsIndexedAndOthersComeAndGo(storage);
  }

  private void seesEverythingOnceWhileItIsIndexedAndOthersComeAndGo(StorageBackend looking)
      throws Exception {
    for (int n = 0; n < STAYING; n++) {
      store("s" + n % 7, n, "staying");
    }
    storage.saveTrace(TestTraces.says("standing", 30_005, stays));
    sayAnew();
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> searching =
        CompletableFuture.supplyAsync(() -> searchUntil(done, looking));
    try {
      for (int round = 0; round < 50 && !searching.isDone(); round++) {
        storeAndDelete();
        for (int time = 0; time < 4; time++) {
          sayAnew();
        }
        if (round % 4 == 3) {
          storage.maintain();
        }
      }
    } finally {
      done.set(true);
    }
    assertThat(searching.get(60, TimeUnit.SECONDS)).isPositive();
    assertThat(storage.check()).isEmpty();
  }

  /** Nothing else is stored, so a text that comes back gets the number that another one had. */
  @Test
  void seesWhatGoesAwayAndComesBackUnderTheSameNumber() throws Exception {
    for (int n = 0; n < 100; n++) {
      store("staying", n, "staying");
    }
    storage.saveTrace(TestTraces.says("standing", 30_005, stays));
    List<String> texts = List.of(message("alpha swinging"), message("beta swinging"), stays);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Void> storing =
        CompletableFuture.runAsync(
            () -> {
              for (int time = 0; !done.get(); time++) {
                String text = texts.get(time < 1 ? 0 : random.nextInt(texts.size()));
                storage.saveTrace(TestTraces.says("swinging", 30_004, text));
              }
            });
    try (var looking = StorageBackend.open("sqlite:" + file + "?mode=ro")) {
      TraceSearch search = looking.search().orElseThrow();
      while (hits(search, "swinging").size() < 2) {
        Thread.onSpinWait();
      }
      for (int searches = 0; searches < 60; searches++) {
        assertSwings(search);
      }
    } finally {
      done.set(true);
    }
    storing.get(60, TimeUnit.SECONDS);
  }

  private static void assertSwings(TraceSearch search) {
    assertThat(hits(search, "swinging"))
        .extracting(SearchHit::traceId)
        .containsExactlyInAnyOrder(TestTraces.id(30_004), TestTraces.id(30_005));
    for (String word : List.of("alpha", "beta")) {
      assertThat(hits(search, word))
          .allSatisfy(hit -> assertThat(hit.marked("[", "]")).startsWith("[" + word + "]"));
    }
  }
}
