package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One executor for many sessions: each task runs in the session of who handed it over. */
class CurrentSessionExecutorTest {
  private final ExecutorService pool = Executors.newFixedThreadPool(2);
  private final ExecutorService wrapped = SessionTracker.wrapCurrent(pool);
  private final SessionTracker ada = new SessionTracker("ada");
  private final SessionTracker grace = new SessionTracker("grace");

  @AfterEach
  void stop() {
    pool.shutdownNow();
  }

  @Test
  void eachTaskRunsInTheSessionOfWhoHandedItOver() throws Exception {
    List<Future<String>> tasks = new ArrayList<>();
    List<String> expected = new ArrayList<>();
    for (int n = 0; n < 50; n++) {
      for (SessionTracker session : List.of(ada, grace)) {
        session.run(() -> tasks.add(wrapped.submit(CurrentSessionExecutorTest::currentId)));
        expected.add(session.getSessionId());
      }
      tasks.add(wrapped.submit(CurrentSessionExecutorTest::currentId));
      expected.add("none");
    }
    List<String> seen = new ArrayList<>();
    for (Future<String> task : tasks) {
      seen.add(task.get());
    }
    assertThat(seen).isEqualTo(expected);
    assertThat(pool.submit(CurrentSessionExecutorTest::currentId).get()).isEqualTo("none");
  }

  @Test
  void aTaskHandsItsSessionOn() throws Exception {
    Callable<String> nested = () -> wrapped.submit(CurrentSessionExecutorTest::currentId).get();

    assertThat(ada.call(() -> wrapped.submit(nested)).get()).isEqualTo("ada");
  }

  @Test
  void allTasksOfOneCall() throws Exception {
    List<Callable<String>> tasks =
        List.of(CurrentSessionExecutorTest::currentId, CurrentSessionExecutorTest::currentId);

    for (Future<String> done : grace.call(() -> wrapped.invokeAll(tasks))) {
      assertThat(done.get()).isEqualTo("grace");
    }
  }

  @Test
  void anExecutorOfOneMethod() throws Exception {
    Executor executor = SessionTracker.wrapCurrent((Executor) pool);
    CompletableFuture<String> future =
        ada.call(
            () -> CompletableFuture.supplyAsync(CurrentSessionExecutorTest::currentId, executor));

    assertThat(future.get()).isEqualTo("ada");
  }

  @Test
  void aTaskKeepsTheSessionButNotTheStepOfItsMoment() throws Exception {
    List<String> seen = new ArrayList<>();
    Runnable task =
        ada.call(
            () ->
                SessionTracker.wrapCurrent(
                    () ->
                        seen.add(
                            currentId()
                                + SessionTracker.current().orElseThrow().getCurrentStep())));
    ada.nextStep();
    grace.run(task::run);
    pool.submit(task).get();

    assertThat(seen).containsExactly("ada1", "ada1");
  }

  @Test
  void aTaskOfNoSessionIsLeftAlone() {
    Runnable task = () -> {};

    assertThat(SessionTracker.wrapCurrent(task)).isSameAs(task);
  }

  private static String currentId() {
    return SessionTracker.current().map(SessionTracker::getSessionId).orElse("none");
  }
}
