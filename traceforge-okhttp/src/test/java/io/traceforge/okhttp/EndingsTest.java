package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.traceforge.SessionHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.Test;

/** Every way in which a call can end is told truly. */
class EndingsTest extends OkHttpTestBase {

  @Test
  void anHttpErrorKeepsWhatTheProviderSaid() throws Exception {
    server.enqueue(tooManyRequests());
    call(client, chat().build());
    assertRateLimited(onlyTrace());
  }

  @Test
  void anHttpErrorThatNobodyReadsKeepsItToo() throws Exception {
    server.enqueue(tooManyRequests());
    client.newCall(chat().build()).execute().close();
    assertRateLimited(onlyTrace());
  }

  private static MockResponse tooManyRequests() {
    return new MockResponse()
        .setResponseCode(429)
        .setHeader("Content-Type", "application/json")
        .setBody(
            "{\"error\":{\"message\":\"Slow down\",\"type\":\"rate_limit_error\",\"code\":\"rl\"}}");
  }

  private static void assertRateLimited(Trace trace) {
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.response().statusCode()).isEqualTo(429);
    assertThat(trace.error().type()).isEqualTo("rate_limit_error");
    assertThat(trace.error().message()).isEqualTo("Slow down");
    assertThat(trace.error().code()).isEqualTo("rl");
  }

  @Test
  void jsonReadToItsLastBraceButNotToItsEndSucceeds() throws Exception {
    server.enqueue(chatAnswer().setChunkedBody(CHAT_RESPONSE, 7));
    try (Response response = client.newCall(chat().build()).execute()) {
      response.body().source().readUtf8(CHAT_RESPONSE.stripTrailing().length());
    }
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(onlyTrace().metadata().tokensUsed()).isEqualTo(11);
  }

  @Test
  void anAnswerClosedUnreadIsCancelledAndKeptAllTheSame() throws Exception {
    server.enqueue(chatAnswer());
    client.newCall(chat().build()).execute().close();
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.CANCELLED);
    assertThat(trace.response().body().text()).isEqualTo(CHAT_RESPONSE);
  }

  @Test
  void aConnectionThatIsRefusedIsAnError() throws Exception {
    Request request = chat().build();
    server.shutdown();
    assertThatIOException().isThrownBy(() -> client.newCall(request).execute());
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.error().type()).isEqualTo(ConnectException.class.getName());
    assertThat(trace.response()).isNull();
  }

  @Test
  void aReadTimeoutIsAnError() throws Exception {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    OkHttpClient impatient = client.newBuilder().readTimeout(Duration.ofMillis(100)).build();
    assertThatIOException()
        .isThrownBy(() -> impatient.newCall(chat().build()).execute())
        .isInstanceOf(SocketTimeoutException.class);
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.error().type()).isEqualTo(SocketTimeoutException.class.getName());
    assertThat(trace.request().body().text()).isEqualTo(CHAT_REQUEST);
  }

  @Test
  void aCallTimeoutIsAnErrorThoughOkHttpCancelsTheCall() throws Exception {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    OkHttpClient impatient = client.newBuilder().callTimeout(Duration.ofMillis(150)).build();
    assertThatIOException()
        .isThrownBy(() -> impatient.newCall(chat().build()).execute())
        .isInstanceOf(InterruptedIOException.class);
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.ERROR);
  }

  @Test
  void aCallThatTheCallerCancelsIsCancelled() throws Exception {
    server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
    Call call = client.newCall(chat().build());
    CountDownLatch done = new CountDownLatch(1);
    Thread caller =
        new Thread(
            () -> {
              assertThatIOException().isThrownBy(call::execute);
              done.countDown();
            });
    caller.start();
    taken();
    call.cancel();
    assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.CANCELLED);
  }

  @Test
  void aBodyCutShortIsAnErrorWithWhatHadCome() throws Exception {
    server.enqueue(chatAnswer().setSocketPolicy(SocketPolicy.DISCONNECT_DURING_RESPONSE_BODY));
    try (Response response = client.newCall(chat().build()).execute()) {
      assertThatIOException().isThrownBy(() -> response.body().string());
    }
    Trace trace = onlyTrace();
    assertThat(trace.status()).isEqualTo(TraceStatus.ERROR);
    assertThat(trace.response().statusCode()).isEqualTo(200);
    assertThat(CHAT_RESPONSE).startsWith(trace.response().body().text());
  }

  @Test
  void aCallUnderWayIsThereAsInProgress() throws Exception {
    CountDownLatch answer = new CountDownLatch(1);
    try (ScriptedServer scripted =
        new ScriptedServer(
            connection -> {
              answer.await(20, TimeUnit.SECONDS);
              connection.send("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
            })) {
      Request request = chat().url(scripted.url("/v1/chat/completions")).build();
      Thread caller = new Thread(() -> assertCall(request));
      caller.start();
      Eventually.await("the start", () -> !traces().isEmpty());
      Trace trace = onlyTrace();
      assertThat(trace.status()).isEqualTo(TraceStatus.IN_PROGRESS);
      assertThat(trace.request().body().text()).isEqualTo(CHAT_REQUEST);
      assertThat(trace.metadata().model()).isEqualTo("gpt-4o");
      answer.countDown();
      caller.join();
      assertThat(onlyTrace().status()).isEqualTo(TraceStatus.SUCCESS);
    }
  }

  private void assertCall(Request request) {
    try {
      assertThat(call(client, request).body()).isEqualTo("ok");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aResponseThatIsForgottenEndsWhenItIsCollected() throws Exception {
    server.enqueue(chatAnswer().setBodyDelay(1, TimeUnit.MILLISECONDS));
    forget(client.newCall(chat().build()));
    Eventually.await(
        "the end of a forgotten call",
        () -> {
          System.gc();
          return onlyTrace().status().isFinal();
        });
    assertThat(onlyTrace().status()).isEqualTo(TraceStatus.CANCELLED);
    assertThat(onlyTrace().error().type()).isEqualTo("abandoned");
  }

  private static void forget(Call call) throws IOException {
    assertThat(call.execute().code()).isEqualTo(200);
  }

  @Test
  void answersWithoutABodyEndAtOnce() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(204));
    server.enqueue(new MockResponse().setHeader("Content-Length", "100"));
    assertThat(client.newCall(get("/none").build()).execute().code()).isEqualTo(204);
    assertThat(client.newCall(get("/head").head().build()).execute().code()).isEqualTo(200);
    assertThat(traces()).extracting(Trace::status).containsOnly(TraceStatus.SUCCESS);
  }

  @Test
  void callsGoOnUnrecordedAfterTheClose() throws Exception {
    server.enqueue(chatAnswer());
    traceForge.close();
    try (Response response = client.newCall(chat().build()).execute()) {
      assertThat(response.header(SessionHeaders.TRACE_ID)).isNull();
      assertThat(response.body().string()).isEqualTo(CHAT_RESPONSE);
    }
    assertThat(traceForge.stats().lostTraces()).isEqualTo(1);
    assertThat(traceForge.stats().bufferedBytes()).isZero();
  }
}
