package io.traceforge.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClientAsync;
import com.anthropic.core.http.AsyncStreamResponse;
import com.anthropic.core.http.Interceptor;
import com.anthropic.errors.BadRequestException;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.RawMessageStreamEvent;
import io.traceforge.Eventually;
import io.traceforge.SessionTracker;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Calls that go on while the caller does something else. */
class AsyncTest extends AnthropicTestBase {

  @Test
  void aCallBelongsToTheSessionOfTheThreadThatMadeItAtTheStepOfThatMoment() throws Exception {
    CountDownLatch gone = new CountDownLatch(1);
    server.then(answer -> answer.await(gone).json(200, Wire.ANSWER));
    SessionTracker session = traceForge.startSession();
    session.setState("at", "the call");
    CompletableFuture<Message> message = session.call(() -> async.messages().create(QUESTION));
    session.nextStep();
    session.setState("at", "the answer");
    gone.countDown();

    assertThat(message.get(20, TimeUnit.SECONDS).id()).isEqualTo("msg_1");
    Trace trace = onlyTrace();
    assertThat(trace.sessionId()).isEqualTo(session.getSessionId());
    assertThat(trace.stepIndex()).isZero();
    assertThat(trace.stateJson()).isEqualTo("{\"at\":\"the call\"}");
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
  }

  /** The executor is kept from the call until the session has gone on. */
  @Test
  void aBoundClientTakesTheStepWhenTheCallIsMadeAndNotWhenItBegins() throws Exception {
    server.thenJson(200, Wire.ANSWER);
    List<Runnable> waiting = new ArrayList<>();
    CountDownLatch open = new CountDownLatch(1);
    ExecutorService threads = Executors.newCachedThreadPool();
    AnthropicClientAsync late =
        plainAsync.withOptions(
            options ->
                options.completionExecutor(
                    task -> {
                      if (open.getCount() > 0) {
                        waiting.add(task);
                      } else {
                        threads.execute(task);
                      }
                    }));
    SessionTracker session = traceForge.startSession();
    CompletableFuture<Message> message =
        TraceForgeAnthropic.instrument(late, session).messages().create(QUESTION);
    session.nextStep();
    open.countDown();
    waiting.forEach(threads::execute);

    message.get(20, TimeUnit.SECONDS);
    threads.shutdown();
    assertThat(onlyTrace().stepIndex()).isZero();
  }

  @Test
  void aRepeatedAttemptStaysWhereTheCallWasMade() throws Exception {
    CountDownLatch first = new CountDownLatch(1);
    server
        .then(
            answer -> answer.headers("Retry-After-Ms", "1").await(first).json(429, Wire.RATE_LIMIT))
        .thenJson(200, Wire.ANSWER);
    SessionTracker session = traceForge.startSession();
    CompletableFuture<Message> message = session.call(() -> async.messages().create(QUESTION));
    session.nextStep();
    first.countDown();
    message.get(20, TimeUnit.SECONDS);

    List<Trace> traces = traceForge.storage().listTracesBySession(session.getSessionId());
    assertThat(traces).extracting(Trace::stepIndex).containsExactly(0, 0);
    assertThat(traces)
        .extracting(trace -> trace.metadata().retryCount())
        .containsExactlyInAnyOrder(0, 1);
    assertThat(traces)
        .extracting(Trace::status)
        .containsExactlyInAnyOrder(TraceStatus.ERROR, TraceStatus.SUCCESS);
  }

  /** Such an executor answers within the task that made the call. */
  @Test
  void whatACallbackCallsIsNotTakenForTheFirstCallers() throws Exception {
    server.thenJson(200, Wire.ANSWER).thenJson(200, Wire.ANSWER);
    Interceptor waits =
        Interceptor.asyncOnly(
            (next, request, options) ->
                CompletableFuture.completedFuture(next.executeAsync(request, options).join()));
    ExecutorService one = Executors.newSingleThreadExecutor();
    Thread caller = Thread.currentThread();
    AnthropicClientAsync asking =
        TraceForgeAnthropic.instrument(
            plainAsync.withOptions(
                options ->
                    options
                        .addInterceptor(waits)
                        .completionExecutor(task -> run(task, caller, one))),
            traceForge);
    SessionTracker session = traceForge.startSession();
    CountDownLatch chained = new CountDownLatch(1);
    CompletableFuture<Void> gone = CompletableFuture.runAsync(() -> Eventually.await(chained), one);
    CompletableFuture<Message> second =
        session
            .call(() -> asking.messages().create(QUESTION))
            .thenCompose(message -> asking.messages().create(QUESTION));
    chained.countDown();
    gone.get(20, TimeUnit.SECONDS);
    second.get(20, TimeUnit.SECONDS);
    one.shutdown();

    assertThat(traceForge.storage().listTracesBySession(session.getSessionId())).hasSize(1);
    assertThat(traces()).hasSize(2);
  }

  /** Takes a task of the caller's to another thread, and does everything else at once. */
  private static void run(Runnable task, Thread caller, ExecutorService one) {
    if (Thread.currentThread() == caller) {
      one.execute(task);
    } else {
      task.run();
    }
  }

  @Test
  void sessionsOnManyThreadsAreKeptApart() throws Exception {
    int count = 8;
    for (int i = 0; i < count; i++) {
      server.thenJson(200, Wire.ANSWER);
    }
    List<CompletableFuture<Message>> messages = new ArrayList<>();
    List<SessionTracker> sessions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      SessionTracker session = traceForge.startSession();
      sessions.add(session);
      messages.add(session.call(() -> async.messages().create(QUESTION)));
    }
    CompletableFuture.allOf(messages.toArray(CompletableFuture[]::new)).get(20, TimeUnit.SECONDS);

    for (SessionTracker session : sessions) {
      assertThat(traceForge.storage().listTracesBySession(session.getSessionId())).hasSize(1);
    }
  }

  @Test
  void theAsynchronousSideOfAnInstrumentedClientRecordsToo() throws Exception {
    server.thenJson(200, Wire.ANSWER);
    SessionTracker session = traceForge.startSession();
    session.call(() -> client.async().messages().create(QUESTION)).get(20, TimeUnit.SECONDS);

    assertThat(onlyTrace().sessionId()).isEqualTo(session.getSessionId());
  }

  @Test
  void anErrorReachesTheCallerAndTheTrace() {
    server.thenJson(400, Wire.INVALID);

    assertThatThrownBy(() -> async.messages().create(QUESTION).get(20, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(BadRequestException.class);
    assertThat(onlyTrace().error().type()).isEqualTo("invalid_request_error");
  }

  @Test
  void aStreamIsRecordedAsItsHandlerReadsIt() throws Exception {
    server.thenEvents(Wire.STREAM);
    StringBuilder text = new StringBuilder();
    AsyncStreamResponse<RawMessageStreamEvent> stream =
        async.messages().createStreaming(QUESTION).subscribe(event -> append(event, text));
    stream.onCompleteFuture().get(20, TimeUnit.SECONDS);

    assertThat(text).hasToString("Bonjour 🌍");
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.response().body().text()).isEqualTo(Wire.STREAM);
  }

  @Test
  void aStreamThatIsClosedFromAnotherThreadWhileItWaitsIsCancelled() throws Exception {
    server.thenEventsAndSilence(Wire.BEGINNING);
    CountDownLatch begun = new CountDownLatch(1);
    AsyncStreamResponse<RawMessageStreamEvent> stream =
        async.messages().createStreaming(QUESTION).subscribe(event -> begun.countDown());
    Eventually.await(begun);
    stream.close();

    Eventually.waitUntil(
        "the call has ended", () -> onlyTrace().status() != TraceStatus.IN_PROGRESS);
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.CANCELLED);
    assertThat(onlyTrace().response().body().text()).isEqualTo(Wire.BEGINNING);
  }

  /** Its cancel does not reach the HTTP call, with recording or without. */
  @Test
  void anAnswerThatNobodyReadsAnyMoreIsCancelledOnceItIsForgotten() throws Exception {
    CountDownLatch cancelled = new CountDownLatch(1);
    server.then(answer -> answer.await(cancelled).json(200, Wire.ANSWER));
    CompletableFuture<Message> message = async.messages().create(QUESTION);
    Eventually.waitUntil("the server is asked", () -> !server.sent().isEmpty());
    message.cancel(true);
    cancelled.countDown();

    Eventually.waitUntil(
        "the answer is forgotten",
        () -> {
          System.gc();
          return onlyTrace().status() == TraceStatus.CANCELLED;
        });
    assertThat(onlyTrace().error().type()).isEqualTo("abandoned");
  }

  private static void append(RawMessageStreamEvent event, StringBuilder text) {
    Optional.of(event)
        .flatMap(RawMessageStreamEvent::contentBlockDelta)
        .flatMap(delta -> delta.delta().text())
        .ifPresent(delta -> text.append(delta.text()));
  }

  @Test
  void closingTheClientEndsItsThreadsToo() {
    ExecutorService threads = Executors.newCachedThreadPool();
    TraceForgeAnthropic.instrument(
            plainAsync.withOptions(options -> options.completionExecutor(threads)), traceForge)
        .close();

    assertThat(threads.isShutdown()).isTrue();
  }

  @Test
  void theInterceptorAloneRecordsInItsSession() throws Exception {
    server.thenJson(200, Wire.ANSWER);
    SessionTracker session = traceForge.startSession();
    plainAsync
        .withOptions(options -> options.addInterceptor(TraceForgeAnthropic.interceptor(session)))
        .messages()
        .create(QUESTION)
        .get(20, TimeUnit.SECONDS);

    assertThat(
            traceForge.storage().listTraces(TraceQuery.ofSession(session.getSessionId())).items())
        .hasSize(1);
  }
}
