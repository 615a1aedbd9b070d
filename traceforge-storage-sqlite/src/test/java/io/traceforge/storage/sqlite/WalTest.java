package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much room the file takes together with its WAL, whoever reads meanwhile. */
@Timeout(120)
class WalTest {
  private static final long LIMIT = 32L << 20;

  /** What a transaction of ours adds before the WAL is looked at. */
  private static final long ONE_MORE = 8L << 20;

  private static final int TEXTS = 400;

  @TempDir Path directory;
  private Path file;
  private Path wal;
  private SqliteStorageBackend storage;
  private final Random random = new Random(1);
  private final AtomicInteger stored = new AtomicInteger();

  @BeforeEach
  void open() {
    file = directory.resolve("traces.db");
    wal = directory.resolve("traces.db-wal");
    storage = SqliteStorageBackend.open(file);
  }

  @AfterEach
  void close() {
    storage.close();
  }

  /** Stores some MiB, one at a time. Returns the greatest length of the WAL. */
  private long store(int first, int count) throws IOException {
    long greatest = 0;
    for (int n = first; n < first + count; n++) {
      storage.saveTrace(trace(n));
      stored.incrementAndGet();
      greatest = Math.max(greatest, Files.size(wal));
    }
    return greatest;
  }

  /** A body of its own: what has been stored before takes no room. */
  private Trace trace(int n) {
    byte[] body = new byte[1 << 20];
    random.nextBytes(body);
    TraceBody sound = TraceBody.of(body, "audio/wav");
    return TestTraces.trace("s" + n / 10, n)
        .request(TraceRequest.of("POST", "http://a/", HttpHeaders.empty(), sound))
        .build();
  }

  @Test
  void isBoundedWhileNobodyReads() throws Exception {
    assertThat(store(0, 120)).isLessThan(LIMIT + ONE_MORE).isGreaterThan(LIMIT / 2);
  }

  @Test
  void isBoundedThoughThereIsAlwaysSomebodyReading() throws Exception {
    store(0, 1);
    AtomicBoolean done = new AtomicBoolean();
    CompletableFuture<Integer> reading =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return readInTurns(done);
              } catch (SQLException e) {
                throw new IllegalStateException(e);
              }
            });
    assertThat(store(1, 120)).isLessThan(3 * LIMIT);
    done.set(true);
    assertThat(reading.get(30, TimeUnit.SECONDS)).isPositive();
  }

  /**
   * One read always begins before the one before it ends, and lasts for some writes, but not for
   * ever. Returns how many there were.
   */
  private int readInTurns(AtomicBoolean done) throws SQLException {
    int reads = 0;
    try (Connection a = DriverManager.getConnection("jdbc:sqlite:" + file);
        Connection b = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement even = a.createStatement();
        Statement odd = b.createStatement()) {
      odd.execute("BEGIN");
      count(odd);
      for (; !done.get(); reads++) {
        Statement next = reads % 2 == 0 ? even : odd;
        next.execute("BEGIN");
        count(next);
        awaitWrites(done);
        (reads % 2 == 0 ? odd : even).execute("COMMIT");
      }
    }
    return reads;
  }

  private void awaitWrites(AtomicBoolean done) {
    int before = stored.get();
    long deadline = System.nanoTime() + 40_000_000;
    while (stored.get() < before + 3 && !done.get() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(100_000);
    }
  }

  /** Such a search takes seconds, and begins again and again. */
  @Test
  void isBoundedThoughSomebodyElseSearchesWhatIsNotIndexed() throws Exception {
    isBoundedBesideSearches(n -> store(n, 1));
  }

  @Test
  void isBoundedThoughWhatIsNotIndexedComesAndGoesWhileSomebodyElseSearches() throws Exception {
    isBoundedBesideSearches(
        n -> {
          long length = store(n, 1);
          for (int i = 0; i < 4; i++) {
            int number = 10_000 + 4 * n + i;
            storage.saveTrace(TestTraces.says("said", number, message(100_000, "else")));
          }
          storage.saveTrace(TestTraces.says("going", 9_999, message(1_000, "else")));
          storage.deleteSession("going");
          return length;
        });
  }

  @FunctionalInterface
  private interface Storing {
    long store(int n) throws IOException;
  }

  private void isBoundedBesideSearches(Storing storing) throws Exception {
    for (int n = 0; n < TEXTS; n++) {
      storage.saveTrace(TestTraces.says("said", 1_000 + n, message(100_000, "word")));
    }
    AtomicInteger searches = new AtomicInteger();
    AtomicBoolean done = new AtomicBoolean();
    try (var looking = StorageBackend.open("sqlite:" + file + "?mode=ro")) {
      CompletableFuture<Void> searching =
          CompletableFuture.runAsync(
              () -> {
                for (; !done.get(); searches.incrementAndGet()) {
                  assertThat(looking.search().orElseThrow().count(SearchQuery.of("word")))
                      .isEqualTo(TEXTS);
                }
              });
      long greatest = 0;
      for (int n = 0; n < 150 || (n < 600 && searches.get() < 3 && !searching.isDone()); n++) {
        greatest = Math.max(greatest, storing.store(n));
      }
      done.set(true);
      searching.get(60, TimeUnit.SECONDS);
      assertThat(greatest).isLessThan(3 * LIMIT);
    }
  }

  private String message(int length, String word) {
    StringBuilder text = new StringBuilder("{\"role\":\"user\",\"content\":\"" + word);
    while (text.length() < length) {
      text.append(' ').append(Long.toString(random.nextLong(), 36));
    }
    return text.append("\"}").toString();
  }

  @Test
  void isCutBackWhenAForeignReaderIsGone() throws Exception {
    store(0, 5);
    try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN");
      assertThat(count(statement)).isEqualTo(5);
      assertThat(store(5, 150)).isGreaterThan(4 * LIMIT); // nothing else can be done
      assertThat(count(statement)).isEqualTo(5);
      assertThat(storage.listSessions()).hasSize(16);
      statement.execute("COMMIT");
    }
    store(200, 2); // the first copies all that there was, the second begins anew
    assertThat(Files.size(wal)).isLessThan(LIMIT + ONE_MORE);
  }

  private static int count(Statement statement) throws SQLException {
    try (var result = statement.executeQuery("SELECT count(*) FROM traces")) {
      return result.getInt(1);
    }
  }

  @Test
  void whatWasPrunedIsGivenBackAtOnce() throws Exception {
    store(0, 60);
    assertThat(Files.size(file) + Files.size(wal)).isGreaterThan(60L << 20);
    var policy = RetentionPolicy.keepAll().withMaxSessions(1);
    assertThat(storage.retention().orElseThrow().prune(policy).sessions()).isEqualTo(5);
    assertThat(Files.size(file)).isLessThan(14L << 20);
  }

  @Test
  void whatWasDeletedBeforeIsGivenBackByThePruning() throws Exception {
    store(0, 60);
    for (int n = 1; n < 6; n++) {
      storage.deleteSession("s" + n);
    }
    assertThat(storage.retention().orElseThrow().prune(RetentionPolicy.keepAll()).sessions())
        .isZero();
    assertThat(Files.size(file)).isLessThan(14L << 20);
  }
}
