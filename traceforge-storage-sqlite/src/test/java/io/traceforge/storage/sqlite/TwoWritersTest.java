package io.traceforge.storage.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceError;
import io.traceforge.trace.TraceStatus;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What one writer keeps in mind is not what another has changed since. */
class TwoWritersTest {
  private static final List<String> SESSIONS = List.of("a", "b", "c");
  private static final List<TraceStatus> STATUSES = List.of(TraceStatus.values());

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void figuresAreThoseOfBothTogether(long seed) {
    Clock clock = Clock.fixed(TestTraces.START.plusSeconds(60), ZoneOffset.UTC);
    Random random = new Random(seed);
    Path file = directory.resolve("traces.db");
    try (SqliteStorageBackend one = SqliteStorageBackend.builder(file).clock(clock).open();
        StorageBackend other = SqliteStorageBackend.builder(file).clock(clock).open();
        StorageBackend reference = new InMemoryStorageBackend(clock)) {
      for (int n = 0; n < 200; n++) {
        Consumer<StorageBackend> operation = operation(random);
        operation.accept(random.nextBoolean() ? one : other);
        operation.accept(reference);
        for (String session : SESSIONS) {
          assertThat(one.getSessionMetadata(session))
              .as("seed %d, operation %d, session %s", seed, n, session)
              .isEqualTo(reference.getSessionMetadata(session));
        }
      }
      for (String session : SESSIONS) {
        assertThat(other.listTracesBySession(session))
            .isEqualTo(reference.listTracesBySession(session));
      }
      assertThat(one.check()).isEmpty();
    }
  }

  private static Consumer<StorageBackend> operation(Random random) {
    String session = SESSIONS.get(random.nextInt(SESSIONS.size()));
    int choice = random.nextInt(20);
    if (choice == 0) {
      return backend -> backend.deleteSession(session);
    }
    if (choice == 1) {
      var time = TestTraces.START.plusMillis(random.nextInt(100));
      return backend -> backend.updateSession(SessionUpdate.ended(session, time));
    }
    List<Trace> batch = new ArrayList<>();
    for (int n = random.nextInt(4); n >= 0; n--) {
      batch.add(trace(random));
    }
    return backend -> backend.saveTraces(batch);
  }

  /** Few ids, so that most of them are stored again with another status. */
  private static Trace trace(Random random) {
    int n = random.nextInt(30);
    TraceStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
    boolean failed = status == TraceStatus.ERROR;
    return TestTraces.trace(SESSIONS.get(n % 3), n)
        .stepIndex(n % 4)
        .status(status)
        .error(failed ? TraceError.of("error-" + random.nextInt(3), "m", null) : null)
        .request(TestTraces.request("request " + random.nextInt(2)))
        .build();
  }
}
