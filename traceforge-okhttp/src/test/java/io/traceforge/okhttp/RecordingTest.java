package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.traceforge.SessionTracker;
import io.traceforge.trace.SessionStatus;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceStatus;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;

class RecordingTest extends OkHttpTestBase {

  @Test
  void aChatCallIsRecordedWhole() throws Exception {
    server.enqueue(chatAnswer().addHeader("X-Request-Id", "r1"));
    Answer answer = call(client, chat().header("Authorization", "Bearer sk-secret").build());

    assertThat(answer.body()).isEqualTo(CHAT_RESPONSE);
    Trace trace = trace(answer.traceId());
    assertThat(trace.status()).isEqualTo(TraceStatus.SUCCESS);
    assertThat(trace.request().method()).isEqualTo("POST");
    assertThat(trace.request().endpoint()).isEqualTo("/v1/chat/completions");
    assertThat(trace.request().body().text()).isEqualTo(CHAT_REQUEST);
    assertThat(trace.request().body().mediaType()).startsWith("application/json");
    assertThat(trace.request().headers().get("Authorization")).isEqualTo("[REDACTED]");
    assertThat(trace.response().statusCode()).isEqualTo(200);
    assertThat(trace.response().headers().get("X-Request-Id")).isEqualTo("r1");
    assertThat(trace.response().body().text()).isEqualTo(CHAT_RESPONSE);
    assertThat(trace.metadata().model()).isEqualTo("gpt-4o");
    assertThat(trace.metadata().responseModel()).isEqualTo("gpt-4o-2024-08-06");
    assertThat(trace.metadata().tokensUsed()).isEqualTo(11);
    assertThat(trace.metadata().timing().total())
        .isGreaterThanOrEqualTo(trace.metadata().timing().toHeaders());
  }

  @Test
  void aSessionIsFoundAsItHappened() throws Exception {
    for (int i = 0; i < 3; i++) {
      server.enqueue(chatAnswer());
    }
    SessionTracker session = traceForge.startSession();
    OkHttpClient bound = boundTo(session);
    session.setState("user_query", "Book a flight to Paris");
    String plan = call(bound, chat().build()).traceId();
    session.nextStep();
    session.setParentTraceId(plan);
    session.setState("tool_called", "search_flights");
    call(bound, chat().build());
    session.nextStep();
    call(bound, chat().build());
    session.end();

    List<Trace> traces = traceForge.storage().listTracesBySession(session.getSessionId());
    assertThat(traces).extracting(Trace::stepIndex).containsExactly(0, 1, 2);
    assertThat(traces).extracting(Trace::callNumber).containsExactly(1, 2, 3);
    assertThat(traces).extracting(Trace::parentTraceId).containsExactly(null, plan, plan);
    assertThat(traces.get(0).stateSnapshot().has("tool_called")).isFalse();
    assertThat(traces.get(1).stateSnapshot().get("tool_called").getAsString())
        .isEqualTo("search_flights");
    var metadata = traceForge.storage().getSessionMetadata(session.getSessionId()).orElseThrow();
    assertThat(metadata.status()).isEqualTo(SessionStatus.COMPLETED);
    assertThat(metadata.totalSteps()).isEqualTo(3);
    assertThat(metadata.totalTokens()).isEqualTo(33);
    assertThat(metadata.modelsUsed()).containsExactly("gpt-4o");
  }

  @Test
  void requestAndResponseCarryTheSessionsHeaders() throws Exception {
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.newSession("session-1");
    session.setParentTraceId("parent-1");
    session.nextStep();
    Answer answer = call(boundTo(session), chat().build());

    RecordedRequest request = taken();
    assertThat(request.getHeader("X-TraceForge-Session-ID")).isEqualTo("session-1");
    assertThat(request.getHeader("X-TraceForge-Step-Index")).isEqualTo("1");
    assertThat(request.getHeader("X-TraceForge-Parent-Trace-ID")).isEqualTo("parent-1");
    assertThat(request.getHeader("X-TraceForge-State")).isNull();
    assertThat(answer.response().header("X-TraceForge-Session-ID")).isEqualTo("session-1");
    assertThat(answer.response().header("X-TraceForge-Next-Step")).isEqualTo("2");
    assertThat(trace(answer.traceId()).sessionId()).isEqualTo("session-1");
  }

  @Test
  void whatAProxyUpstreamSaidIsReplacedForTheCallerAndKeptInTheTrace() throws Exception {
    server.enqueue(chatAnswer().setHeader("X-TraceForge-Trace-ID", "upstream"));
    Answer answer = call(client, chat().build());

    assertThat(answer.response().headers("X-TraceForge-Trace-ID")).hasSize(1);
    assertThat(answer.traceId()).isNotEqualTo("upstream");
    assertThat(trace(answer.traceId()).response().headers().get("X-TraceForge-Trace-ID"))
        .isEqualTo("upstream");
  }

  @Test
  void sessionHeadersAreNotKeptAmongTheRequestsHeaders() throws Exception {
    server.enqueue(chatAnswer());
    call(client, chat().header("X-Mine", "1").header("X-TraceForge-State", "{\"a\":1}").build());
    assertThat(onlyTrace().request().headers().fields())
        .extracting(field -> field.name())
        .containsExactly("X-Mine");
  }

  @Test
  void aClientInstrumentedTwiceRecordsOnceAsToldLast() throws Exception {
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.newSession("told-last");
    OkHttpClient twice = TraceForgeOkHttp.instrument(boundTo(traceForge.newSession()), session);
    call(twice, chat().build());
    assertThat(onlyTrace().sessionId()).isEqualTo("told-last");
  }

  @Test
  void twoInterceptorsInOneClientRecordOnce() throws Exception {
    server.enqueue(chatAnswer());
    OkHttpClient both =
        client.newBuilder().addInterceptor(TraceForgeOkHttp.interceptor(traceForge)).build();
    call(both, chat().build());
    onlyTrace();
  }

  @Test
  void aCallMadeInsideAnInterceptorIsRecordedToo() throws Exception {
    server.enqueue(new MockResponse().setBody("token"));
    server.enqueue(chatAnswer());
    OkHttpClient nesting =
        client
            .newBuilder()
            .addInterceptor(
                chain -> {
                  Request token =
                      chain.request().newBuilder().url(server.url("/token")).get().build();
                  client.newCall(token).execute().close();
                  return chain.proceed(chain.request());
                })
            .build();
    call(nesting, chat().build());
    assertThat(traces())
        .extracting(trace -> trace.request().endpoint())
        .containsExactlyInAnyOrder("/token", "/v1/chat/completions");
  }

  @Test
  void otherCallsAreRecordedAsPlainHttp() throws Exception {
    server.enqueue(new MockResponse().setBody("pong"));
    call(client, get("/ping?key=AIzaSecret").build());
    Trace trace = onlyTrace();
    assertThat(trace.metadata().provider()).isNull();
    assertThat(trace.metadata().model()).isNull();
    assertThat(trace.request().body()).isNull();
    assertThat(trace.request().url()).endsWith("/ping?key=[REDACTED]");
    assertThat(trace.response().body().text()).isEqualTo("pong");
  }

  @Test
  void aStandAloneSessionIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TraceForgeOkHttp.instrument(client, new SessionTracker("alone")))
        .withMessageContaining("alone")
        .withMessageContaining("startSession()");
  }
}
