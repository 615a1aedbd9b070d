package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.SessionTimeline;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;

/** Retries above OkHttp are attempts of one call; parallel calls are calls of their own. */
class AttemptsTest extends OkHttpTestBase {
  private SessionTracker session;
  private OkHttpClient bound;

  private void start() {
    session = traceForge.startSession();
    bound = boundTo(session);
  }

  private SessionMetadata metadata() {
    return traceForge.storage().getSessionMetadata(session.getSessionId()).orElseThrow();
  }

  private SessionTimeline timeline() {
    return traceForge.storage().getTimeline(session.getSessionId()).orElseThrow();
  }

  @Test
  void retriesThatTheClientMarksAreOneCall() throws Exception {
    start();
    server.enqueue(new MockResponse().setResponseCode(503));
    server.enqueue(new MockResponse().setResponseCode(429));
    server.enqueue(chatAnswer());
    for (int attempt = 0; attempt < 3; attempt++) {
      String mark = Integer.toString(attempt);
      bound.newCall(chat().header("X-Stainless-Retry-Count", mark).build()).execute().close();
    }
    assertThat(timeline().steps().get(0).calls()).hasSize(1);
    assertThat(metadata().totalTraces()).isEqualTo(3);
    assertThat(metadata().totalCalls()).isEqualTo(1);
    assertThat(metadata().retryCount()).isEqualTo(2);
    assertThat(metadata().errorCount()).isEqualTo(2);
    assertThat(metadata().status()).isEqualTo(SessionStatus.IN_PROGRESS);
  }

  @Test
  void theSameRequestOnceMoreAfterTheFirstEndedIsAnAttemptToo() throws Exception {
    start();
    server.enqueue(new MockResponse().setResponseCode(503));
    server.enqueue(chatAnswer());
    call(bound, chat().build());
    call(bound, chat().build());
    assertThat(metadata().totalCalls()).isEqualTo(1);
    assertThat(metadata().status()).isEqualTo(SessionStatus.IN_PROGRESS);
  }

  @Test
  void anotherBodyIsAnotherCall() throws Exception {
    start();
    server.enqueue(chatAnswer());
    server.enqueue(chatAnswer());
    call(bound, chat().build());
    call(bound, chat().post(RequestBody.create(CHAT_REQUEST + " ", JSON)).build());
    assertThat(metadata().totalCalls()).isEqualTo(2);
  }

  @Test
  void equalRequestsThatOverlapAreParallelCalls() throws Exception {
    start();
    CountDownLatch bothThere = new CountDownLatch(2);
    server.setDispatcher(
        new okhttp3.mockwebserver.Dispatcher() {
          @Override
          public MockResponse dispatch(okhttp3.mockwebserver.RecordedRequest request)
              throws InterruptedException {
            bothThere.countDown();
            bothThere.await(20, TimeUnit.SECONDS);
            return chatAnswer();
          }
        });
    ExecutorService pool = Executors.newFixedThreadPool(2);
    Future<Answer> one = pool.submit(() -> call(bound, chat().build()));
    Future<Answer> two = pool.submit(() -> call(bound, chat().build()));
    one.get();
    two.get();
    pool.shutdown();
    assertThat(metadata().totalCalls()).isEqualTo(2);
    assertThat(metadata().totalSteps()).isEqualTo(1);
    assertThat(metadata().retryCount()).isZero();
  }

  /** As after a timeout of a coroutine: the next call does not wait for the first one's thread. */
  @Test
  void theSameRequestOnceMoreAfterACancelIsAnAttemptThoughTheFirstIsNotOverYet() throws Exception {
    start();
    CountDownLatch answered = new CountDownLatch(1);
    OkHttpClient slowToGiveUp =
        bound
            .newBuilder()
            .addInterceptor(
                chain -> {
                  try {
                    return chain.proceed(chain.request());
                  } catch (IOException cancelled) {
                    await(answered);
                    throw cancelled;
                  }
                })
            .build();
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    server.enqueue(chatAnswer());
    Call first = slowToGiveUp.newCall(chat().build());
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<Response> cancelled = pool.submit(first::execute);
    taken();
    first.cancel();

    call(bound, chat().build());
    answered.countDown();
    assertThat(cancelled).failsWithin(Duration.ofSeconds(20));
    pool.shutdown();

    assertThat(metadata().totalCalls()).isEqualTo(1);
    assertThat(metadata().retryCount()).isEqualTo(1);
    assertThat(timeline().steps().get(0).calls().get(0).parallel()).isFalse();
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new InterruptedIOException();
    }
  }

  @Test
  void aLastStepInErrorFailsTheSessionAndALaterStepRecoversIt() throws Exception {
    start();
    server.enqueue(new MockResponse().setResponseCode(500));
    server.enqueue(chatAnswer());
    call(bound, chat().build());
    assertThat(metadata().status()).isEqualTo(SessionStatus.IN_PROGRESS);
    assertThat(metadata().errorCount()).isEqualTo(1);
    session.nextStep();
    call(bound, chat().build());
    session.end();
    assertThat(metadata().status()).isEqualTo(SessionStatus.COMPLETED);
    assertThat(metadata().errorCount()).isEqualTo(1);
  }
}
