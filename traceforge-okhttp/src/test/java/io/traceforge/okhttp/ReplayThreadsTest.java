package io.traceforge.okhttp;

import static io.traceforge.okhttp.ReplayFixture.answer;
import static io.traceforge.okhttp.ReplayFixture.chat;
import static io.traceforge.okhttp.ReplayFixture.replaying;
import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads at once: each recording answers one call. */
@Timeout(60)
class ReplayThreadsTest {
  private static final int THREADS = 50;
  private static final int CALLS = 20;

  @Test
  void eachRecordingAnswersOneCall() throws Exception {
    List<Trace> traces = new ArrayList<>();
    List<String> equalAnswers = new ArrayList<>();
    List<String> ownAnswers = new ArrayList<>();
    for (int i = 0; i < THREADS * CALLS; i++) {
      equalAnswers.add("equal " + i);
      ownAnswers.add("own " + i);
      traces.add(chat("{}", "equal " + i));
      traces.add(chat("{\"own\":" + i + "}", "own " + i));
    }
    OkHttpClient client = replaying(ReplayInterceptor.of(traces));
    List<String> equal = new ArrayList<>();
    List<String> own = new ArrayList<>();
    for (List<String> answers : onAllThreads(client)) {
      for (int i = 0; i < answers.size(); i += 2) {
        equal.add(answers.get(i));
        own.add(answers.get(i + 1));
      }
    }
    assertThat(equal).containsExactlyInAnyOrderElementsOf(equalAnswers);
    assertThat(own).containsExactlyElementsOf(ownAnswers);
  }

  /** Returns the answers of each thread, which asks an equal and an own question in turn. */
  private static List<List<String>> onAllThreads(OkHttpClient client) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    CyclicBarrier start = new CyclicBarrier(THREADS);
    List<Future<List<String>>> running = new ArrayList<>();
    for (int thread = 0; thread < THREADS; thread++) {
      int first = thread * CALLS;
      running.add(
          threads.submit(
              () -> {
                start.await();
                List<String> answers = new ArrayList<>();
                for (int i = first; i < first + CALLS; i++) {
                  answers.add(answer(client, "{}"));
                  answers.add(answer(client, "{\"own\":" + i + "}"));
                }
                return answers;
              }));
    }
    List<List<String>> all = new ArrayList<>();
    for (Future<List<String>> one : running) {
      all.add(one.get());
    }
    threads.shutdown();
    return all;
  }
}
