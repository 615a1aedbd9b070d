package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.SessionFigures;
import io.traceforge.storage.SessionStanding;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.TokenUsage;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceMetadata;
import io.traceforge.trace.TraceStatus;
import io.traceforge.trace.TraceTiming;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The kept figures are those that adding up all traces gives, whatever was done before. */
class SessionFiguresTest {
  private static final List<String> SESSIONS = List.of("a", "b", "c");
  private static final Instant NOW = TestTraces.START.plusSeconds(60);

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void areThoseOfTheTraces(long seed) throws Exception {
    Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
    Random random = new Random(seed);
    Path file = directory.resolve("traces.db");
    try (StorageBackend storage = SqliteStorageBackend.builder(file).clock(clock).open();
        StorageBackend reference = new InMemoryStorageBackend(clock)) {
      for (int operation = 0; operation < 60; operation++) {
        operate(random, storage, reference);
        for (String session : SESSIONS) {
          assertThat(storage.getSessionMetadata(session))
              .as("seed %d, operation %d, session %s", seed, operation, session)
              .isEqualTo(reference.getSessionMetadata(session));
        }
      }
      for (String session : SESSIONS) {
        isTheSum(storage, session);
      }
      assertThat(storage.listSessions()).isEqualTo(reference.listSessions());
    }
    stepsAreTheSum(file);
  }

  private static void operate(Random random, StorageBackend storage, StorageBackend reference) {
    String session = any(random, SESSIONS);
    Instant time = TestTraces.START.plusMillis(random.nextInt(1_000));
    switch (random.nextInt(12)) {
      case 0 ->
          assertThat(storage.deleteSession(session)).isEqualTo(reference.deleteSession(session));
      case 1 -> update(SessionUpdate.ended(session, time), storage, reference);
      case 2 -> update(SessionUpdate.failed(session, time, "why"), storage, reference);
      case 3 -> update(SessionUpdate.resumed(session, time), storage, reference);
      case 4 -> update(SessionUpdate.lost(session, time, 1), storage, reference);
      default -> {
        List<Trace> batch = new ArrayList<>();
        for (int n = random.nextInt(15); n >= 0; n--) {
          batch.add(trace(random));
        }
        storage.saveTraces(batch);
        reference.saveTraces(batch);
      }
    }
  }

  private static void update(SessionUpdate update, StorageBackend... backends) {
    for (StorageBackend backend : backends) {
      backend.updateSession(update);
    }
  }

  /** Few ids, steps and requests, so that all of them meet again. */
  private static Trace trace(Random random) {
    int n = random.nextInt(60);
    TraceStatus status = any(random, List.of(TraceStatus.values()));
    int start = random.nextInt(100);
    boolean orderly = random.nextInt(4) > 0;
    return TestTraces.trace(orderly ? SESSIONS.get(n % 3) : any(random, SESSIONS), n)
        .sessionId(random.nextInt(20) == 0 ? null : SESSIONS.get(n % 3))
        .stepIndex(orderly ? n % 5 : random.nextInt(5))
        .callNumber(random.nextInt(100))
        .startTime(TestTraces.START.plusMillis(orderly ? n : start))
        .status(status)
        .error(status == TraceStatus.ERROR ? error(random) : null)
        .request(TestTraces.request("request " + random.nextInt(3)))
        .metadata(metadata(random, status))
        .build();
  }

  private static @Nullable TraceError error(Random random) {
    return random.nextBoolean() ? null : TraceError.of("error-" + random.nextInt(9), "m", null);
  }

  private static TraceMetadata metadata(Random random, TraceStatus status) {
    TraceMetadata.Builder metadata =
        TraceMetadata.builder()
            .requestModel(random.nextBoolean() ? null : "model-" + random.nextInt(4))
            .responseModel(random.nextBoolean() ? null : "model-" + random.nextInt(4))
            .provider(random.nextBoolean() ? null : "provider-" + random.nextInt(2))
            .retryCount(random.nextBoolean() ? null : Integer.valueOf(random.nextInt(3)));
    if (status.isFinal() && random.nextInt(5) > 0) {
      Duration total = Duration.ofMillis(random.nextInt(50));
      metadata.timing(TraceTiming.builder().total(total).build()).usage(usage(random));
    }
    return metadata.build();
  }

  private static TokenUsage usage(Random random) {
    TokenUsage.Builder usage = TokenUsage.builder();
    if (random.nextBoolean()) {
      usage.inputTokens((long) random.nextInt(10)).totalTokens(Long.MAX_VALUE / 3);
    }
    return random.nextBoolean() ? usage.reasoningTokens(1L).build() : usage.build();
  }

  private static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** The rule itself, without another backend in between; updates aside, which no trace tells. */
  private static void isTheSum(StorageBackend storage, String session) {
    SessionMetadata stored = storage.getSessionMetadata(session).orElse(null);
    if (stored != null) {
      List<Trace> traces = storage.listTracesBySession(session);
      SessionMetadata sum =
          SessionFigures.of(session, traces, SessionStanding.initial()).toMetadata(NOW);
      assertThat(stored.totalSteps()).isEqualTo(sum.totalSteps());
      assertThat(stored.totalCalls()).isEqualTo(sum.totalCalls());
      assertThat(stored.totalTraces()).isEqualTo(sum.totalTraces());
      assertThat(stored.errorCount()).isEqualTo(sum.errorCount());
      assertThat(stored.usage()).isEqualTo(sum.usage());
      assertThat(stored.modelsUsed()).isEqualTo(sum.modelsUsed());
    }
  }

  private static void stepsAreTheSum(Path file) throws Exception {
    String wrong =
        """
        SELECT count(*) FROM (
          SELECT session_id, step_index, count(*) AS traces, sum(status = 'ERROR') AS errors
          FROM traces WHERE session_id IS NOT NULL GROUP BY 1, 2) AS counted
        FULL JOIN steps USING (session_id, step_index)
        WHERE counted.traces IS NOT steps.traces OR counted.errors IS NOT steps.errors
        """;
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement();
        var result = statement.executeQuery(wrong)) {
      assertThat(result.getInt(1)).isZero();
    }
  }
}
