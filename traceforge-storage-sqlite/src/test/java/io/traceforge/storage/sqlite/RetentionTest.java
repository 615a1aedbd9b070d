package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.PruneResult;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SearchQuery;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted leaves nothing behind. What a policy deletes is the contract of all backends. */
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

  private long number(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        ResultSet result = connection.createStatement().executeQuery(sql)) {
      return result.getLong(1);
    }
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

  /** What the index has of a deleted text is in use until pieces of the index are joined. */
  @Test
  void noMoreGoesThanMustThoughTheIndexShrinksLater() {
    for (int day = 300; day > 0; day--) {
      store(day);
    }
    while (storage.maintain()) {
      // until all is indexed
    }
    prune(ALL); // gives back what was free
    long used = storage.retention().orElseThrow().usedBytes().orElseThrow();
    prune(ALL.withMaxBytes(used / 2));
    long left = storage.retention().orElseThrow().usedBytes().orElseThrow();
    assertThat(left).isBetween(used * 2 / 5, used / 2);
  }

  @Test
  void whatIsStillInTheWalCountsAsWhatItTakesInTheFile() throws Exception {
    for (int day = 1; day <= 20; day++) {
      store(day);
    }
    prune(ALL); // gives back what was free
    long used = storage.retention().orElseThrow().usedBytes().orElseThrow();
    assertThat(Files.size(file)).isLessThan(used);
    storage.close();
    assertThat(Files.size(file)).isEqualTo(used);
  }

  private long sessionsOfFile() throws SQLException {
    return number("SELECT count(*) FROM sessions");
  }
}
