package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionTracker;
import io.traceforge.trace.Trace;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.EventListener;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;

/** What is known of a call is known wherever its interceptors run, and as long as they do. */
class CallNoteTest extends OkHttpTestBase {

  @Test
  void aRetryByAnInterceptorOutsideStaysInTheSessionThatMadeTheCall() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(500).setBody("no"));
    server.enqueue(chatAnswer());
    Interceptor retrying =
        chain -> {
          Response first = chain.proceed(chain.request());
          first.close();
          return chain.proceed(chain.request());
        };
    OkHttpClient outer = plainClient().newBuilder().addInterceptor(retrying).build();
    OkHttpClient recording = TraceForgeOkHttp.instrument(outer, traceForge);
    SessionTracker session = traceForge.startSession();
    CompletableFuture<String> answer =
        session.call(() -> enqueue(recording.newCall(chat().build())));
    session.nextStep();

    assertThat(answer.get()).isEqualTo(CHAT_RESPONSE);
    assertThat(traces()).hasSize(2);
    assertThat(traceForge.storage().listTracesBySession(session.getSessionId()))
        .extracting(Trace::stepIndex)
        .containsExactly(0, 0);
    outer.dispatcher().executorService().shutdown();
  }

  @Test
  void aCallThatAnInterceptorTakesToAnotherThreadIsRecordedOnceWithItsState() throws Exception {
    server.enqueue(chatAnswer());
    ExecutorService elsewhere = Executors.newSingleThreadExecutor();
    Interceptor moving =
        chain -> {
          try {
            return elsewhere.submit(() -> chain.proceed(chain.request())).get();
          } catch (InterruptedException | ExecutionException e) {
            throw new IOException(e);
          }
        };
    SessionTracker session = traceForge.startSession();
    session.setState("city", "Paris");
    OkHttpClient recording =
        boundTo(session)
            .newBuilder()
            .addInterceptor(moving)
            .addInterceptor(TraceForgeOkHttp.interceptor(traceForge))
            .build();

    call(recording, chat().build());

    assertThat(taken().getHeader("X-TraceForge-State")).isEqualTo("{\"city\":\"Paris\"}");
    assertThat(onlyTrace().sessionId()).isEqualTo(session.getSessionId());
    elsewhere.shutdown();
  }

  @Test
  void aResponseShowsTheVeryRequestThatWasCalled() throws Exception {
    server.enqueue(chatAnswer());
    Request request = chat().build();

    assertThat(call(client, request).response().request()).isSameAs(request);
  }

  @Test
  void aCallThatIsOverIsForgotten() throws Exception {
    server.enqueue(chatAnswer());
    CallContexts contexts = new CallContexts(traceForge, null);
    OkHttpClient noting =
        plainClient()
            .newBuilder()
            .eventListenerFactory(ContextNotingFactory.around(call -> EventListener.NONE, contexts))
            .build();
    Call call = noting.newCall(chat().build());
    assertThat(CallNote.of(call).isMadeBy(contexts)).isTrue();

    call.execute().close();

    assertThat(CallNote.of(call).isMadeBy(contexts)).isFalse();
  }

  @Test
  void theCallersListenerIsNotReplaced() {
    EventListener own = new EventListener() {};
    CallContexts contexts = new CallContexts(traceForge, null);
    EventListener.Factory around = ContextNotingFactory.around(call -> own, contexts);

    assertThat(around.create(client.newCall(chat().build()))).isSameAs(own);
  }

  private static CompletableFuture<String> enqueue(Call call) {
    CompletableFuture<String> body = new CompletableFuture<>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            body.completeExceptionally(e);
          }

          @Override
          public void onResponse(Call answered, Response response) throws IOException {
            try (response) {
              body.complete(response.body().string());
            }
          }
        });
    return body;
  }
}
