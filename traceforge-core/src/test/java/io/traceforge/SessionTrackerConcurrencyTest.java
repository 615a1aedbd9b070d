package io.traceforge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SessionTrackerConcurrencyTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 200;

  private interface Work {
    void on(int thread) throws Exception;
  }

  private final SessionTracker session = new SessionTracker();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void noStepIsLostOrToldTwice() throws Exception {
    Set<Integer> steps = ConcurrentHashMap.newKeySet();

    inParallel(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            steps.add(session.nextStep());
          }
        });

    assertThat(session.getCurrentStep()).isEqualTo(THREADS * ROUNDS);
    assertThat(steps).hasSize(THREADS * ROUNDS);
  }

  @Test
  void noValueOfTheStateIsLost() throws Exception {
    inParallel(
        thread -> {
          for (int i = 0; i < 40; i++) {
            session.setState(thread + "/" + i, i);
            session.nextStep();
          }
        });

    assertThat(session.getState().size()).isEqualTo(THREADS * 40);
    assertThat(session.getCurrentStep()).isEqualTo(THREADS * 40);
  }

  @Test
  void aContextNeverMixesTwoSessions() throws Exception {
    session.setState("id", session.getSessionId());

    inParallel(
        thread -> {
          for (int i = 0; i < ROUNDS; i++) {
            if (thread == 0) {
              session.start();
              session.setState("id", session.getSessionId());
            } else {
              SessionContext context = session.context();
              if (context.state().has("id")) {
                assertThat(context.state().get("id").getAsString()).isEqualTo(context.sessionId());
              }
            }
          }
        });
  }

  private void inParallel(Work work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Callable<Void>> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      tasks.add(
          () -> {
            start.await();
            work.on(thread);
            return null;
          });
    }
    for (Future<Void> done : threads.invokeAll(tasks)) {
      done.get();
    }
  }
}
