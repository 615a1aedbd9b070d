package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionContext;
import io.traceforge.SessionHeaders;
import io.traceforge.SessionScope;
import io.traceforge.SessionTracker;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.junit.jupiter.api.Test;

/** A call belongs to where its session was when the call was made, whenever it runs. */
class CallTimeContextTest extends OkHttpTestBase {

  @Test
  void aLaterStepDoesNotMoveACallThatWaitsInABusyDispatcher() throws Exception {
    Dispatcher oneAtATime = new Dispatcher();
    oneAtATime.setMaxRequests(1);
    SessionTracker session = traceForge.startSession();
    OkHttpClient narrow =
        TraceForgeOkHttp.instrument(
            plainClient().newBuilder().dispatcher(oneAtATime).build(), session);
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      server.enqueue(chatAnswer());
      session.setState("i", i);
      answers.add(enqueue(narrow.newCall(chat().build())));
      session.nextStep();
    }
    session.end();
    for (int i = 0; i < 20; i++) {
      Trace trace = trace(answers.get(i).get());
      assertThat(trace.stepIndex()).isEqualTo(i);
      assertThat(trace.stateSnapshot().get("i").getAsInt()).isEqualTo(i);
    }
    oneAtATime.executorService().shutdown();
  }

  @Test
  void aCallIsTakenWhenItIsMadeNotWhenItIsExecuted() throws Exception {
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.startSession();
    Call call = boundTo(session).newCall(chat().build());
    session.nextStep();
    try (Response response = call.execute()) {
      assertThat(response.header(SessionHeaders.NEXT_STEP)).isEqualTo("1");
      response.body().string();
    }
    assertThat(onlyTrace().stepIndex()).isZero();
  }

  @Test
  void theSessionCurrentWhereACallIsMadeIsItsSessionOnADispatcherThread() throws Exception {
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.newSession();
    CompletableFuture<String> answer;
    try (SessionScope scope = session.makeCurrent()) {
      answer = enqueue(client.newCall(chat().build()));
    }
    assertThat(trace(answer.get()).sessionId()).isEqualTo(session.getSessionId());
  }

  @Test
  void aSessionCurrentWhereACallIsExecutedDoesNotTakeItOver() throws Exception {
    server.enqueue(chatAnswer());
    Call call = client.newCall(chat().build());
    SessionTracker other = traceForge.newSession();
    other.call(call::execute).close();
    assertThat(onlyTrace().sessionId()).isNotEqualTo(other.getSessionId());
  }

  @Test
  void sessionsOnAThreadPoolKeepTheirCallsApart() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(8);
    List<SessionTracker> sessions = new ArrayList<>();
    List<Future<String>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      server.enqueue(chatAnswer());
      SessionTracker session = traceForge.startSession();
      Callable<String> work = () -> call(client, chat().build()).traceId();
      sessions.add(session);
      answers.add(session.wrap(pool).submit(work));
    }
    for (int i = 0; i < 40; i++) {
      assertThat(trace(answers.get(i).get()).sessionId()).isEqualTo(sessions.get(i).getSessionId());
    }
    pool.shutdown();
  }

  @Test
  void aClonedCallBelongsToWhereItWasCloned() throws Exception {
    server.enqueue(chatAnswer());
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.startSession();
    Call call = boundTo(session).newCall(chat().build());
    call.execute().close();
    session.nextStep();
    call.clone().execute().close();
    assertThat(traceForge.storage().listTracesBySession(session.getSessionId()))
        .extracting(Trace::stepIndex)
        .containsExactly(0, 1);
  }

  @Test
  void parallelBranchesTagTheirOwnContexts() throws Exception {
    SessionTracker session = traceForge.startSession();
    SessionContext here = session.context();
    List<CompletableFuture<String>> answers = new ArrayList<>();
    for (int branch = 0; branch < 3; branch++) {
      server.enqueue(chatAnswer());
      SessionContext there = here.withStep(branch + 1).withState("branch", branch);
      answers.add(enqueue(client.newCall(chat().tag(SessionContext.class, there).build())));
    }
    for (int branch = 0; branch < 3; branch++) {
      Trace trace = trace(answers.get(branch).get());
      assertThat(trace.sessionId()).isEqualTo(session.getSessionId());
      assertThat(trace.stepIndex()).isEqualTo(branch + 1);
      assertThat(trace.stateSnapshot().get("branch").getAsInt()).isEqualTo(branch);
    }
  }

  private static CompletableFuture<String> enqueue(Call call) {
    CompletableFuture<String> traceId = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            traceId.completeExceptionally(e);
          }

          @Override
          public void onResponse(Call answered, Response response) throws IOException {
            try (response) {
              response.body().string();
              traceId.complete(response.header(SessionHeaders.TRACE_ID));
            }
          }
        });
    return traceId;
  }
}
