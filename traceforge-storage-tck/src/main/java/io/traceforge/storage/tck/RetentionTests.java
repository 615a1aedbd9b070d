package io.traceforge.storage.tck;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which sessions a policy takes: the oldest, as many as must be. */
abstract class RetentionTests extends ForgettingTests {
  private static final Duration FIVE_DAYS = Duration.ofDays(5);

  RetentionTests(StorageBackendContract contract) {
    super(contract);
  }

  @Test
  void byAge() {
    saveSession(9);
    saveSession(8);
    List<Trace> kept = saveSession(2);
    assertThat(prune(ALL.withMaxAge(FIVE_DAYS))).isEqualTo(deleted(2, 2 * STEPS));
    assertThat(sessions()).containsExactly("day-2");
    assertThat(storage.listTraces(TraceQuery.all()).items()).isEqualTo(kept);
  }

  @Test
  void anAgeMayBeForEver() {
    saveSession(9);
    assertThat(prune(ALL.withMaxAge(ChronoUnit.FOREVER.getDuration()))).isEqualTo(deleted(0, 0));
    assertThat(prune(ALL.withMaxAge(ChronoUnit.FOREVER.getDuration()).withMaxSessions(0)))
        .isEqualTo(deleted(1, STEPS));
  }

  @Test
  void ageIsCountedFromWhenASessionWasLastHeardOf() {
    saveSession(9);
    saveSession(8);
    saveSession(7);
    storage.updateSession(SessionUpdate.ended("day-9", daysAgo(1)));
    save(Samples.success(1, 9, 0, 1).sessionId("day-8").startTime(daysAgo(2)).build());
    assertThat(prune(ALL.withMaxAge(FIVE_DAYS))).isEqualTo(deleted(1, STEPS));
    assertThat(sessions()).containsExactly("day-8", "day-9");
  }

  @Test
  void byNumberOfSessions() {
    for (int day = 9; day > 0; day--) {
      saveSession(day);
    }
    assertThat(prune(ALL.withMaxSessions(9))).isEqualTo(deleted(0, 0));
    assertThat(prune(ALL.withMaxSessions(3))).isEqualTo(deleted(6, 6 * STEPS));
    assertThat(sessions()).containsExactly("day-1", "day-2", "day-3");
  }

  @Test
  void theOldestAreThoseThatBeganFirstNotThoseStoredFirst() {
    saveSession(2);
    saveSession(9);
    saveSession(5);
    prune(ALL.withMaxSessions(1));
    assertThat(sessions()).containsExactly("day-2");
  }

  @Test
  void byBytes() {
    List<String> stored = new ArrayList<>();
    for (int n = 0; n < 40; n++) {
      storage.saveTraces(session("s-" + n, 10 * n, daysAgo(9).plusSeconds(n), 30_000));
      stored.add(0, "s-" + n);
    }
    assertThat(prune(ALL.withMaxBytes(Long.MAX_VALUE))).isEqualTo(deleted(0, 0));
    prune(ALL.withMaxBytes(1_500_000));
    List<String> left = sessions();
    assertThat(left).hasSizeBetween(1, 39).isEqualTo(stored.subList(0, left.size()));
    assertThat(prune(ALL.withMaxBytes(0)))
        .isEqualTo(deleted(left.size(), (long) left.size() * STEPS));
    assertThat(sessions()).isEmpty();
  }

  @Test
  void theBytesInUseAreThoseThatAPolicyBounds() {
    long before = usedBytes();
    for (int n = 0; n < 10; n++) {
      storage.saveTraces(session("s-" + n, 10 * n, daysAgo(9).plusSeconds(n), 30_000));
    }
    prune(ALL);
    long used = usedBytes();
    assertThat(used).isGreaterThan(before);
    assertThat(prune(ALL.withMaxBytes(used))).isEqualTo(deleted(0, 0));
    assertThat(prune(ALL.withMaxBytes(used - 1)).sessions()).isBetween(1L, 9L);
    assertThat(usedBytes()).isLessThan(used);
  }

  @Test
  void everythingIsKeptWithoutABound() {
    saveSession(29);
    save(alone(1, 29));
    assertThat(prune(ALL)).isEqualTo(deleted(0, 0));
    assertThat(sessions()).containsExactly("day-29");
    assertThat(storage.listTraces(TraceQuery.all()).items()).hasSize(STEPS + 1);
  }

  @Test
  void eachBoundIsMet() {
    for (int day = 9; day > 0; day--) {
      saveSession(day);
    }
    RetentionPolicy policy = ALL.withMaxSessions(7).withMaxAge(FIVE_DAYS);
    assertThat(prune(policy)).isEqualTo(deleted(4, 4 * STEPS));
    assertThat(prune(policy.withMaxSessions(2))).isEqualTo(deleted(3, 3 * STEPS));
    assertThat(sessions()).containsExactly("day-1", "day-2");
  }

  @Test
  void aSessionInProgressStaysWhateverThePolicy() {
    saveSession(9);
    storage.updateSession(SessionUpdate.timeout("day-9", daysAgo(9), Duration.ofDays(30)));
    saveSession(3);
    save(Samples.open(1, 0, 0).startTime(NOW.minus(Duration.ofMinutes(30))).build());
    RetentionPolicy nothing = ALL.withMaxBytes(0).withMaxSessions(0).withMaxAge(Duration.ZERO);
    assertThat(prune(nothing)).isEqualTo(deleted(1, STEPS));
    assertThat(sessions()).containsExactly(Samples.SESSION, "day-9");
    assertThat(storage.listTracesBySession("day-9")).hasSize(STEPS);
  }

  @Test
  void aSessionWhoseLastCallMayBeTriedAgainStays() {
    save(Samples.failure(1, 0, 0, 1).startTime(NOW.minus(Duration.ofMinutes(30))).build());
    assertThat(prune(ALL.withMaxSessions(0))).isEqualTo(deleted(0, 0));
    assertThat(sessions()).containsExactly(Samples.SESSION);
  }

  @Test
  void sessionsInProgressCount() {
    for (int day = 9; day > 5; day--) {
      saveSession(day);
    }
    storage.updateSession(SessionUpdate.timeout("day-9", daysAgo(9), Duration.ofDays(30)));
    assertThat(prune(ALL.withMaxSessions(2))).isEqualTo(deleted(2, 2 * STEPS));
    assertThat(sessions()).containsExactly("day-6", "day-9");
  }

  @Test
  void aSessionThatFailedIsOver() {
    save(Samples.failure(1, 0, 0, 1).startTime(daysAgo(1)).build());
    save(Samples.open(2, 0, 0).sessionId("unanswered").startTime(daysAgo(2)).build());
    assertThat(prune(ALL.withMaxSessions(0))).isEqualTo(deleted(2, 2));
  }

  @Test
  void aSessionWithoutTracesMayGoToo() {
    storage.updateSession(SessionUpdate.ended(Samples.SESSION, daysAgo(9)));
    assertThat(prune(ALL.withMaxAge(FIVE_DAYS))).isEqualTo(deleted(1, 0));
    assertThat(sessions()).isEmpty();
  }

  @Test
  void aTraceOfNoSessionIsASessionOfItsOwnButDoesNotCountAsOne() {
    save(alone(1, 9), alone(2, 1));
    save(Samples.bare(3).startTime(daysAgo(8)).build());
    assertThat(prune(ALL.withMaxSessions(0))).isEqualTo(deleted(0, 0));
    assertThat(prune(ALL.withMaxAge(FIVE_DAYS))).isEqualTo(deleted(0, 2));
    assertThat(ids(storage.listTraces(TraceQuery.all()).items())).containsExactly(Samples.id(2));
    assertThat(prune(ALL.withMaxBytes(0))).isEqualTo(deleted(0, 1));
    assertThat(storage.getTrace(Samples.id(2))).isEmpty();
  }
}
