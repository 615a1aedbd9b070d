package io.traceforge.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.okhttp.TraceForgeOkHttp;
import io.traceforge.recording.RecorderStats;
import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.Page;
import io.traceforge.storage.SessionUpdate;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A storage backend that somebody wrote, with all its faults. Whoever calls never notices. */
@Timeout(60)
class FaultyBackendTest {
  private static final int CALLS = 20;
  private static final Duration DEADLINE = Duration.ofSeconds(30);

  private Provider provider;
  private final CountDownLatch forEver = new CountDownLatch(1);

  @BeforeEach
  void open() throws IOException {
    provider = new Provider();
  }

  @AfterEach
  void close() throws IOException {
    forEver.countDown();
    provider.close();
  }

  private void blockForEver() {
    try {
      forEver.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private enum Fault {
    THROWS,
    THROWS_ERRORS,
    THROWS_WITHOUT_END_ON_UPDATES,
    BLOCKS,
    BLOCKS_ON_UPDATES,
    BLOCKS_ON_CLOSE,
    THROWS_ON_CLOSE,
    THROWS_NOW_AND_THEN
  }

  private final class Faulty extends Handing {
    private final Fault fault;
    private final AtomicInteger writes = new AtomicInteger();

    Faulty(Fault fault) {
      super(new InMemoryStorageBackend());
      this.fault = fault;
    }

    @Override
    public void saveTraces(List<Trace> traces) {
      switch (fault) {
        case THROWS -> throw new IllegalStateException("no");
        case THROWS_ERRORS -> throw new NoClassDefFoundError("no");
        case BLOCKS -> blockForEver();
        case THROWS_NOW_AND_THEN -> throwNowAndThen();
        default -> {}
      }
      super.saveTraces(traces);
    }

    @Override
    public void updateSession(SessionUpdate update) {
      switch (fault) {
        case THROWS, THROWS_WITHOUT_END_ON_UPDATES -> throw new IllegalStateException("no");
        case BLOCKS_ON_UPDATES -> blockForEver();
        case THROWS_NOW_AND_THEN -> throwNowAndThen();
        default -> {}
      }
      super.updateSession(update);
    }

    private void throwNowAndThen() {
      if (writes.incrementAndGet() % 3 != 0) {
        throw new StorageException("not now");
      }
    }

    @Override
    public void close() {
      if (fault == Fault.BLOCKS_ON_CLOSE) {
        blockForEver();
      }
      if (fault == Fault.THROWS_ON_CLOSE) {
        throw new StackOverflowError();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void callersGetTheirAnswersAndCloseReturnsAndEveryLossIsCounted(Fault fault) throws Exception {
    boolean keeps =
        switch (fault) {
          case THROWS, THROWS_ERRORS, BLOCKS -> false;
          default -> true;
        };
    TraceForge traceForge =
        TraceForge.builder()
            .storage(new Faulty(fault))
            .closeTimeout(keeps ? Duration.ofSeconds(2) : Duration.ofMillis(200))
            .build();
    try (SessionTracker session = traceForge.startSession()) {
      OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), session);
      for (int call = 0; call < CALLS; call++) {
        assertThat(Agent.ask(client, provider.url("json"), "x").bytes())
            .isEqualTo(Provider.ANSWER.length());
      }
    }
    traceForge.close();

    RecorderStats stats = traceForge.stats();
    if (fault != Fault.THROWS && fault != Fault.THROWS_ERRORS) {
      assertThat(stats.lostTraces()).isEqualTo(keeps ? 0 : CALLS);
      assertThat(stats.storedTraces()).isEqualTo(keeps ? CALLS : 0);
    }
    awaitTrue(() -> traceForge.stats().storedTraces() + traceForge.stats().lostTraces() == CALLS);
  }

  private static void awaitTrue(BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - start).isLessThan(DEADLINE.toNanos());
      Thread.onSpinWait();
    }
  }

  @Test
  void readsThatBlockHoldUpNeitherTheRecordingNorTheClose() throws Exception {
    CountDownLatch reading = new CountDownLatch(1);
    TraceForge traceForge =
        TraceForge.builder()
            .storage(
                new Handing(new InMemoryStorageBackend()) {
                  @Override
                  public Optional<Trace> getTrace(String traceId) {
                    reading.countDown();
                    blockForEver();
                    return super.getTrace(traceId);
                  }
                })
            .build();
    Thread reader = new Thread(() -> traceForge.storage().getTrace("x"));
    reader.setDaemon(true);
    reader.start();
    assertThat(reading.await(DEADLINE.toSeconds(), TimeUnit.SECONDS)).isTrue();

    OkHttpClient client = TraceForgeOkHttp.instrument(new OkHttpClient(), traceForge);
    Agent.ask(client, provider.url("json"), "x");
    traceForge.close();

    assertThat(traceForge.stats().storedTraces()).isEqualTo(1);
    assertThat(reader.isAlive()).isTrue();
  }

  @Test
  void answersThatMakeNoSenseAreNotPassedOn() throws Exception {
    InMemoryStorageBackend memory = new InMemoryStorageBackend();
    try (TraceForge traceForge =
        TraceForge.builder()
            .storage(
                new Handing(memory) {
                  @Override
                  public List<Trace> listTracesBySession(String sessionId) {
                    return null;
                  }

                  @Override
                  public Optional<SessionMetadata> getSessionMetadata(String sessionId) {
                    return super.getSessionMetadata("another");
                  }

                  @Override
                  public Page<Trace> listTraces(TraceQuery query) {
                    return super.listTraces(TraceQuery.all());
                  }
                })
            .build()) {
      OkHttpClient client = new OkHttpClient();
      SessionTracker another = traceForge.newSession("another");
      Agent.ask(TraceForgeOkHttp.instrument(client, another), provider.url("json"), "x");

      assertThatThrownBy(() -> traceForge.storage().listTracesBySession("mine"))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining(getClass().getName())
          .hasMessageContaining("null");
      assertThat(traceForge.resumeSession("mine").getSessionId()).isEqualTo("mine");
    }
  }
}
