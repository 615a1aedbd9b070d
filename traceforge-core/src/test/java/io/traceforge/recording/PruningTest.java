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
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Old sessions are deleted from time to time, if that is asked for. */
@Timeout(60)
class PruningTest {
  private static final RetentionPolicy POLICY = RetentionPolicy.keepAll().withMaxSessions(3);

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
              return new PruneResult(0, 0);
            })) {
      Eventually.waitUntil("three times", () -> asked.size() >= 3);
      assertThat(traceForge.stats().storageFailures()).isZero();
    }
    assertThat(asked).containsOnly(POLICY);
    assertThat(pruners()).isEmpty();
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
              return new PruneResult(0, 0);
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
