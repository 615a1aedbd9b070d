package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionExecutorTest {
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final SessionTracker session = new SessionTracker("job-17");
  private final ExecutorService wrapped = session.wrap(pool);

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void tasksOfAnExecutorRunInTheSession() throws Exception {
    Executor executor = session.wrap((Executor) pool);

    assertThat(CompletableFuture.supplyAsync(SessionExecutorTest::currentId, executor).get())
        .isEqualTo("job-17");
  }

  @Test
  void allWaysToSubmitATaskRunInTheSession() throws Exception {
    CompletableFuture<String> executed = new CompletableFuture<>();
    wrapped.execute(() -> executed.complete(currentId()));
    Future<String> submitted = wrapped.submit(SessionExecutorTest::currentId);
    CompletableFuture<String> async =
        CompletableFuture.supplyAsync(() -> "", wrapped).thenApplyAsync(x -> currentId(), wrapped);

    assertThat(List.of(executed.get(), submitted.get(), async.get())).containsOnly("job-17");
  }

  @Test
  void invokeAllRunsInTheSession() throws Exception {
    List<Callable<String>> tasks =
        List.of(SessionExecutorTest::currentId, SessionExecutorTest::currentId);

    for (Future<String> done : wrapped.invokeAll(tasks)) {
      assertThat(done.get()).isEqualTo("job-17");
    }
    assertThat(wrapped.<String>invokeAny(tasks)).isEqualTo("job-17");
  }

  @Test
  void theThreadsOfThePoolForgetTheSession() throws Exception {
    wrapped.submit(SessionExecutorTest::currentId).get();

    assertThat(pool.submit(SessionExecutorTest::currentId).get()).isEqualTo("none");
  }

  @Test
  void anExceptionPassesAndTheThreadForgetsTheSession() throws Exception {
    Future<Object> failed =
        wrapped.submit(
            () -> {
              throw new IOException("no route");
            });

    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(failed::get)
        .withCauseInstanceOf(IOException.class);
    assertThat(pool.submit(SessionExecutorTest::currentId).get()).isEqualTo("none");
  }

  @Test
  void theStepIsThatOfTheMomentTheTaskRuns() throws Exception {
    CountDownLatch released = new CountDownLatch(1);
    Future<Integer> step =
        wrapped.submit(
            () -> {
              Eventually.await(released);
              return SessionTracker.current().orElseThrow().getCurrentStep();
            });
    session.nextStep();
    released.countDown();

    assertThat(step.get()).isEqualTo(1);
  }

  @Test
  void shuttingItDownShutsThePoolDown() throws Exception {
    wrapped.shutdown();

    assertThat(wrapped.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
    assertThat(pool.isTerminated()).isTrue();
    assertThat(wrapped.isShutdown()).isTrue();
    assertThat(wrapped.isTerminated()).isTrue();
    assertThat(wrapped.shutdownNow()).isEmpty();
  }

  private static String currentId() {
    return SessionTracker.current().map(SessionTracker::getSessionId).orElse("none");
  }
}
