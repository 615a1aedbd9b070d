package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.PruneResult;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is old goes, whole sessions at a time, and leaves nothing behind. */
class RetentionTest {
  private static final Instant NOW = TestTraces.START.plus(Duration.ofDays(30));
  private static final RetentionPolicy ALL = RetentionPolicy.keepAll();

  @TempDir Path directory;
  private Path file;
  private SqliteStorageBackend storage;

  @BeforeEach
  void open() {
    file = directory.resolve("traces.db");
    storage = SqliteStorageBackend.builder(file).clock(Clock.fixed(NOW, ZoneOffset.UTC)).open();
  }

  @AfterEach
  void close() {
    storage.close();
  }

  private PruneResult prune(RetentionPolicy policy) {
    return storage.retention().orElseThrow().prune(policy);
  }

  /** Stores a session of five steps that began so many days ago. */
  private List<Trace> store(int daysAgo) {
    List<Trace> traces =
        Conversations.session(
            "day-" + daysAgo, 5, 1_000 * daysAgo, NOW.minus(Duration.ofDays(daysAgo)));
    storage.saveTraces(traces);
    return traces;
  }

  private List<String> sessions() {
    return storage.listSessions().stream().map(SessionMetadata::sessionId).toList();
  }

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet result = connection.createStatement().executeQuery(sql)) {
      return result.getLong(1);
    }
  }

  @Test
  void byAge() {
    store(9);
    store(8);
    List<Trace> kept = store(2);
    storage.updateSession(SessionUpdate.ended("day-8", NOW.minus(Duration.ofDays(1))));
    storage.saveTrace(lone(1, 9));
    storage.saveTrace(lone(2, 1));

    assertThat(prune(ALL.withMaxAge(Duration.ofDays(5)))).isEqualTo(new PruneResult(1, 6));
    assertThat(sessions()).containsExactly("day-2", "day-8");
    assertThat(storage.listTracesBySession("day-2")).isEqualTo(kept);
    assertThat(storage.getTrace(TestTraces.id(1))).isEmpty();
    assertThat(storage.getTrace(TestTraces.id(2))).isPresent();
    assertThat(prune(ALL.withMaxAge(Duration.ofDays(5)))).isEqualTo(new PruneResult(0, 0));
  }

  private static Trace lone(int n, int daysAgo) {
    return TestTraces.trace(null, n)
        .callNumber(0)
        .startTime(NOW.minus(Duration.ofDays(daysAgo)))
        .build();
  }

  @Test
  void byCount() {
    for (int day = 9; day > 0; day--) {
      store(day);
    }
    assertThat(prune(ALL)).isEqualTo(new PruneResult(0, 0));
    assertThat(prune(ALL.withMaxSessions(3))).isEqualTo(new PruneResult(6, 30));
    assertThat(sessions()).containsExactly("day-1", "day-2", "day-3");
  }

  @Test
  void aSessionInProgressStays() {
    storage.saveTrace(
        TestTraces.trace("live", 1).startTime(NOW.minus(Duration.ofMinutes(30))).build());
    store(3);
    storage.updateSession(
        SessionUpdate.timeout("day-3", NOW.minus(Duration.ofDays(3)), Duration.ofDays(4)));
    store(2);
    assertThat(prune(ALL.withMaxBytes(0).withMaxSessions(0).withMaxAge(Duration.ZERO)))
        .isEqualTo(new PruneResult(1, 5));
    assertThat(sessions()).containsExactly("live", "day-3");
  }

  @Test
  void whatOthersShareStaysAndNothingElse() throws Exception {
    store(9);
    List<Trace> kept = store(1);
    assertThat(storage.search().orElseThrow().count(SearchQuery.of("f1"))).isEqualTo(2);
    prune(ALL.withMaxSessions(1));
    assertThat(storage.listTracesBySession("day-1")).isEqualTo(kept);
    long parts = number("SELECT count(*) FROM parts");
    prune(ALL.withMaxSessions(0));
    assertThat(number("SELECT count(*) FROM parts")).isZero();
    assertThat(number("SELECT count(*) FROM part_origins")).isZero();
    assertThat(number("SELECT count(*) FROM part_uses")).isZero();
    assertThat(number("SELECT count(*) FROM search_docsize")).isZero();
    assertThat(store(1)).isEqualTo(kept);
    assertThat(number("SELECT count(*) FROM parts")).isEqualTo(parts);
    assertThat(storage.listTracesBySession("day-1")).isEqualTo(kept);
  }

  @Test
  void anotherProcessMayDeleteWhatThisOneKnows() {
    List<Trace> first = store(9);
    try (SqliteStorageBackend other = SqliteStorageBackend.open(file)) {
      assertThat(other.listTracesBySession("day-9")).isEqualTo(first);
      other.deleteSession("day-9");
      List<Trace> second = store(8);
      assertThat(other.listTracesBySession("day-8")).isEqualTo(second);
      other.saveTraces(first);
      assertThat(storage.listTracesBySession("day-9")).isEqualTo(first);
    }
  }

  @Test
  void theFileStopsGrowing() throws Exception {
    RetentionPolicy policy = ALL.withMaxBytes(2L << 20);
    long greatest = 0;
    for (int round = 0; round < 40; round++) {
      for (int n = 0; n < 10; n++) {
        int number = round * 10 + n;
        storage.saveTraces(
            Conversations.session(
                "s" + number, 10, number * 100, NOW.minus(Duration.ofDays(20)).plusMillis(number)));
      }
      while (storage.maintain()) {
        // the index grows too
      }
      prune(policy);
      if (round >= 20) {
        greatest = Math.max(greatest, Files.size(file));
      }
    }
    assertThat(greatest).isLessThan(6L << 20);
    prune(ALL.withMaxBytes(0));
    storage.close();
    assertThat(sessionsOfFile()).isZero();
    assertThat(Files.size(file)).isLessThan(1L << 20);
  }

  private long sessionsOfFile() throws SQLException {
    return number("SELECT count(*) FROM sessions");
  }

  @Test
  void writingGoesOnMeanwhile() throws Exception {
    for (int n = 0; n < 200; n++) {
      storage.saveTraces(
          Conversations.session("old-" + n, 5, n * 10, NOW.minus(Duration.ofDays(9))));
    }
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> writing =
        CompletableFuture.supplyAsync(
            () -> {
              int stored = 0;
              while (!done.get() || stored == 0) {
                int first = 10_000 + stored * 10;
                storage.saveTraces(
                    Conversations.session("new-" + stored, 3, first, NOW.minusSeconds(9)));
                stored++;
              }
              return stored;
            });
    PruneResult result = prune(ALL.withMaxAge(Duration.ofDays(5)));
    done.set(true);
    int stored = writing.get(60, TimeUnit.SECONDS);
    assertThat(result).isEqualTo(new PruneResult(200, 1_000));
    for (int n = 0; n < stored; n++) {
      assertThat(storage.listTracesBySession("new-" + n))
          .isEqualTo(Conversations.session("new-" + n, 3, 10_000 + n * 10, NOW.minusSeconds(9)));
    }
  }
}
