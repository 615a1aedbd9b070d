package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.adapter.ClientCall;
import io.traceforge.adapter.ClientCalls;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.SessionMetadata;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A file whose size a policy bounds keeps to it, whether it was too large before or becomes so. */
@Timeout(120)
class AutomaticPruningTest {
  private static final long LIMIT = 4L << 20;
  private static final Duration RARELY = Duration.ofDays(1);
  private static final int STEPS = 4;

  @TempDir Path directory;
  private Path file;
  private final Random random = new Random(1);

  @BeforeEach
  void nameFile() {
    file = directory.resolve("traces.db");
  }

  private TraceForge open(Duration every) {
    return TraceForge.builder()
        .storage("sqlite:" + file)
        .retention(RetentionPolicy.keepAll().withMaxBytes(LIMIT), every)
        .build();
  }

  /** Makes some calls, each of which says 16 KB that nobody has said before. */
  private void makeCalls(SessionTracker session) {
    Supplier<HttpHeaders> none = HttpHeaders::empty;
    for (int step = 0; step < STEPS; step++) {
      ClientCall call = ClientCalls.of(session).begin(name -> null);
      call.request("POST", "http://localhost/", none, "application/json");
      call.requestBody(question().getBytes(StandardCharsets.UTF_8));
      call.requestSent();
      call.response(200, none);
      call.responseBody("{}".getBytes(StandardCharsets.UTF_8));
      call.readToEnd();
      session.nextStep();
    }
  }

  private String question() {
    StringBuilder text = new StringBuilder("{\"question\":\"");
    while (text.length() < 16_000) {
      text.append(Long.toString(random.nextLong(), 36)).append(' ');
    }
    return text.append("\"}").toString();
  }

  private String runSession(TraceForge traceForge) {
    return traceForge.runSession(
        session -> {
          makeCalls(session);
          return session.getSessionId();
        });
  }

  private static long usedBytes(StorageBackend storage) {
    Retention retention = storage.retention().orElseThrow();
    return retention.usedBytes().orElseThrow();
  }

  private static void waitUntil(String what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("deadline, waiting until " + what).isLessThan(deadline);
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static List<String> sessions(StorageBackend storage) {
    return storage.listSessions(SessionQuery.all()).items().stream()
        .map(SessionMetadata::sessionId)
        .toList();
  }

  @Test
  void aFileThatIsTooLargeWhenItIsOpenedIsPrunedAtOnce() {
    Instant longAgo = Instant.now().minus(Duration.ofDays(2));
    try (SqliteStorageBackend storage = SqliteStorageBackend.open(file)) {
      for (int n = 0; n < 100; n++) {
        storage.saveTraces(Conversations.session("s" + n, 40, n * 100, longAgo.plusSeconds(n)));
      }
      storage.saveTraces(Conversations.session("live", 40, 20_000, Instant.now()));
      assertThat(usedBytes(storage)).isGreaterThan(2 * LIMIT);
    }
    try (TraceForge traceForge = open(RARELY)) {
      StorageBackend storage = traceForge.storage();
      waitUntil("it is small enough", () -> usedBytes(storage) <= LIMIT);
      assertThat(sessions(storage)).startsWith("live", "s99").doesNotContain("s0");
    }
  }

  @Test
  void aFileThatGrowsFastKeepsToItsBound() throws Exception {
    try (TraceForge traceForge = open(RARELY)) {
      StorageBackend storage = traceForge.storage();
      long longest = 0;
      String last = "";
      for (int n = 0; n < 500; n++) {
        last = runSession(traceForge);
        traceForge.flush(Duration.ofSeconds(30));
        longest = Math.max(longest, Files.size(file));
        waitUntil("it is small enough", () -> usedBytes(storage) <= LIMIT);
      }
      assertThat(longest).isBetween(LIMIT / 2, LIMIT + LIMIT / 4);
      assertThat(storage.listTracesBySession(last)).hasSize(STEPS);
      assertThat(traceForge.stats().storageFailures()).isZero();
    }
    assertThat(Files.size(file)).isBetween(LIMIT / 2, LIMIT + LIMIT / 4);
  }

  @Test
  void aSessionInProgressStaysThoughItAloneIsTooMuch() {
    try (TraceForge traceForge = open(Duration.ofMillis(20))) {
      StorageBackend storage = traceForge.storage();
      SessionTracker live = traceForge.startSession();
      for (int n = 0; n < 80; n++) {
        makeCalls(live);
        runSession(traceForge);
      }
      waitUntil("the others are gone", () -> sessions(storage).size() == 1);
      assertThat(usedBytes(storage)).isGreaterThan(LIMIT);
      assertThat(storage.listTracesBySession(live.getSessionId())).hasSize(80 * STEPS);
      live.end();
      waitUntil("it is gone too", () -> sessions(storage).isEmpty());
    }
  }
}
