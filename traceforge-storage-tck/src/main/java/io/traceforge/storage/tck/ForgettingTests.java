package io.traceforge.storage.tck;

import io.traceforge.storage.PruneResult;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** What the groups about retention share. They are skipped if a backend has none. */
abstract class ForgettingTests extends ContractTests {
  static final Instant NOW = Samples.START.plus(Duration.ofDays(30));
  static final RetentionPolicy ALL = RetentionPolicy.keepAll();
  static final int STEPS = 3;

  private Retention retention;

  ForgettingTests(StorageBackendContract contract) {
    super(contract);
  }

  @BeforeEach
  final void findRetention() {
    var found = storage.retention();
    Assumptions.assumeTrue(found.isPresent(), "this backend forgets nothing by a policy");
    retention = found.orElseThrow();
    clock.set(NOW);
  }

  final PruneResult prune(RetentionPolicy policy) {
    return retention.prune(policy);
  }

  /** Returns the bytes in use; a test that asks is skipped if the backend does not tell them. */
  final long usedBytes() {
    OptionalLong used = retention.usedBytes();
    Assumptions.assumeTrue(used.isPresent(), "this backend does not tell how many bytes it uses");
    return used.orElseThrow();
  }

  static PruneResult deleted(long sessions, long traces) {
    return PruneResult.of(sessions, traces);
  }

  static Instant daysAgo(int days) {
    return NOW.minus(Duration.ofDays(days));
  }

  /** Stores a session of three steps that began so many days ago. It is named after them. */
  final List<Trace> saveSession(int daysAgo) {
    List<Trace> traces = session("day-" + daysAgo, 1_000 * daysAgo, daysAgo(daysAgo), 100);
    storage.saveTraces(traces);
    return traces;
  }

  /** Returns a session of which each step brings so many characters that nothing else has. */
  static List<Trace> session(String id, int firstNumber, Instant start, int length) {
    List<Trace> traces = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      int n = firstNumber + step;
      traces.add(
          Samples.success(n, step, 0, 5)
              .sessionId(id)
              .callNumber(step + 1)
              .startTime(start.plusMillis(step))
              .request(Samples.request("{\"content\":\"" + noise(n, length) + "\"}"))
              .build());
    }
    return traces;
  }

  /** Returns letters that no engine can make shorter by much. */
  private static String noise(int seed, int length) {
    return new Random(seed)
        .ints(length, 'A', 'z')
        .filter(Character::isLetter)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  static Trace alone(int n, int daysAgo) {
    return Samples.bare(n).status(TraceStatus.SUCCESS).startTime(daysAgo(daysAgo)).build();
  }

  /** Returns the ids of all sessions, newest first. */
  final List<String> sessions() {
    return storage.listSessions().stream().map(SessionMetadata::sessionId).toList();
  }
}
