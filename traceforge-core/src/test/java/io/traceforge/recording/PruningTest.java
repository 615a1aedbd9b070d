package io.traceforge.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.Eventually;
import io.traceforge.TraceForge;
import io.traceforge.Unclosed;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.PruneResult;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageBackend;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Old sessions are deleted from time to time and when there is too much, if that is asked for. */
@Timeout(60)
class PruningTest {
  private static final RetentionPolicy POLICY = RetentionPolicy.keepAll().withMaxSessions(3);
  private static final Duration RARELY = Duration.ofDays(1);

  private static final class Forgetful extends Unclosed {
    private final Retention retention;

    Forgetful(Retention retention) {
      super(new InMemoryStorageBackend());
      this.retention = retention;
    }

    @Override
    public Optional<Retention> retention() {
      return Optional.of(retention);
    }
  }

  /** A backend without retention. */
  private static final class Unforgetting extends Unclosed {
    private final InMemoryStorageBackend memory;

    Unforgetting(InMemoryStorageBackend memory) {
      super(memory);
      this.memory = memory;
    }

    @Override
    public void close() {
      memory.close();
    }
  }

  private static TraceForge open(Retention retention) {
    return TraceForge.builder()
        .storage(new Forgetful(retention))
        .closeTimeout(Duration.ofMillis(200))
        .retention(POLICY, Duration.ofMillis(5))
        .build();
  }

  private static List<Thread> pruners() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals("traceforge-retention"))
        .toList();
  }

  @Test
  void againAndAgainUntilTheEnd() {
    List<RetentionPolicy> asked = new CopyOnWriteArrayList<>();
    try (TraceForge traceForge =
        open(
            policy -> {
              asked.add(policy);
              return PruneResult.of(0, 0);
            })) {
      Eventually.waitUntil("three times", () -> asked.size() >= 3);
      assertThat(traceForge.stats().storageFailures()).isZero();
    }
    assertThat(asked).containsOnly(POLICY);
    assertThat(pruners()).isEmpty();
  }

  @Test
  void theFirstTimeIsAtOnce() {
    CountDownLatch asked = new CountDownLatch(1);
    Forgetful storage =
        new Forgetful(
            policy -> {
              asked.countDown();
              return PruneResult.of(0, 0);
            });
    try (TraceForge rarely =
        TraceForge.builder().storage(storage).retention(POLICY, RARELY).build()) {
      Eventually.await(asked);
      assertThat(rarely.stats().storageFailures()).isZero();
    }
  }

  private static Recorder start(StorageBackend storage, long maxBytes) {
    RetentionPolicy policy = RetentionPolicy.keepAll().withMaxBytes(maxBytes);
    return Recorder.start(
        storage, RecorderOptions.builder().retention(policy).retentionInterval(RARELY).build());
  }

  /** Stores a session of one call that has ended. */
  private static void store(Recorder recorder, String session) {
    Calls.succeeded(recorder, session);
    recorder.updateSession(SessionUpdate.ended(session, Instant.now()));
    assertThat(recorder.flush(Eventually.DEADLINE)).isTrue();
  }

  @Test
  void whatPassesItsBytesDoesNotWaitForTheNextTime() {
    long limit = 3_000; // some forty sessions
    try (InMemoryStorageBackend memory = new InMemoryStorageBackend();
        Recorder recorder = start(memory, limit)) {
      Calls.succeeded(recorder, "live");
      Retention retention = memory.retention().orElseThrow();
      for (int n = 0; n < 400; n++) {
        store(recorder, "s" + n);
        Eventually.waitUntil(
            "there is not too much", () -> retention.usedBytes().orElseThrow() <= limit);
      }
      assertThat(memory.listTracesBySession("live")).hasSize(1);
      assertThat(memory.listTracesBySession("s399")).hasSize(1);
      assertThat(memory.getSessionMetadata("s0")).isEmpty();
      assertThat(retention.usedBytes().orElseThrow()).isGreaterThan(limit / 2);
    }
  }

  /** Has always too much, and nothing that it could delete. */
  private static final class Stubborn implements Retention {
    private final AtomicLong used = new AtomicLong(1_000);
    private final AtomicInteger looks = new AtomicInteger();
    private final AtomicInteger prunings = new AtomicInteger();
    private volatile RetentionPolicy asked = RetentionPolicy.keepAll();

    @Override
    public PruneResult prune(RetentionPolicy policy) {
      asked = policy;
      prunings.incrementAndGet();
      return PruneResult.of(0, 0);
    }

    @Override
    public OptionalLong usedBytes() {
      looks.incrementAndGet();
      return OptionalLong.of(used.get());
    }
  }

  @Test
  void aBoundThatCannotBeMetIsTriedAgainOnlyWhenThereIsATenthMore() {
    Stubborn retention = new Stubborn();
    try (Recorder recorder = start(new Forgetful(retention), 100)) {
      Eventually.waitUntil("the first time", () -> retention.prunings.get() == 1);
      assertThat(retention.asked).isEqualTo(RetentionPolicy.keepAll().withMaxBytes(90));
      storeUntil(recorder, () -> retention.looks.get() >= 50);
      retention.used.set(1_100);
      int looks = retention.looks.get();
      storeUntil(recorder, () -> retention.looks.get() >= looks + 10);
      assertThat(retention.prunings).hasValue(1);
      retention.used.set(1_101);
      storeUntil(recorder, () -> retention.prunings.get() == 2);
      assertThat(recorder.stats().storageFailures()).isZero();
    }
  }

  private static void storeUntil(Recorder recorder, BooleanSupplier condition) {
    Eventually.waitUntil(
        "enough is stored",
        () -> {
          store(recorder, "s");
          return condition.getAsBoolean();
        });
  }

  @Test
  void aFailureIsCountedAndTriedAgain() {
    try (TraceForge traceForge =
        open(
            policy -> {
              throw new IllegalStateException("no");
            })) {
      Eventually.waitUntil("twice", () -> traceForge.stats().storageFailures() >= 2);
    }
    assertThat(pruners()).isEmpty();
  }

  @Test
  void oneThatTakesForEverDoesNotHoldUpTheClose() {
    CountDownLatch entered = new CountDownLatch(1);
    CountDownLatch end = new CountDownLatch(1);
    TraceForge traceForge =
        open(
            policy -> {
              entered.countDown();
              Eventually.await(end);
              return PruneResult.of(0, 0);
            });
    Eventually.await(entered);
    traceForge.close();
    end.countDown();
    Eventually.waitUntil("its thread has ended", () -> pruners().isEmpty());
  }

  @Test
  void nothingIsDeletedUnlessAskedFor() {
    try (TraceForge traceForge = TraceForge.open("memory:")) {
      assertThat(traceForge.config().retention()).isNull();
      assertThat(pruners()).isEmpty();
    }
  }

  @Test
  void aStorageThatCannotIsToldAtOnceAndClosed() {
    InMemoryStorageBackend memory = new InMemoryStorageBackend();
    Unforgetting storage = new Unforgetting(memory);
    assertThatThrownBy(() -> TraceForge.builder().storage(storage).retention(POLICY).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Unforgetting");
    assertThatThrownBy(memory::listSessions).isInstanceOf(IllegalStateException.class);
  }
}
