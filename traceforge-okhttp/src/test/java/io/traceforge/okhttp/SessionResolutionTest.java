package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.SessionContext;
import io.traceforge.SessionHeaders;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.trace.Trace;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which session a call belongs to: headers, tag, bound client, current session, one of its own. */
class SessionResolutionTest extends OkHttpTestBase {
  private final String longId = "x".repeat(129);

  private Trace record(OkHttpClient client, Request request) throws Exception {
    server.enqueue(chatAnswer());
    return trace(call(client, request).traceId());
  }

  @Test
  void headersComeBeforeATag() throws Exception {
    Request request =
        chat()
            .header(SessionHeaders.SESSION_ID, "by-header")
            .tag(SessionContext.class, SessionContext.of("by-tag"))
            .build();
    assertThat(record(client, request).sessionId()).isEqualTo("by-header");
  }

  @Test
  void aTagComesBeforeTheBoundSession() throws Exception {
    OkHttpClient bound = boundTo(traceForge.newSession("bound"));
    Request tagged = chat().tag(SessionContext.class, SessionContext.of("by-tag")).build();
    assertThat(record(bound, tagged).sessionId()).isEqualTo("by-tag");
    SessionTracker tracker = traceForge.newSession("by-tracker");
    Request withTracker = chat().tag(SessionTracker.class, tracker).build();
    assertThat(record(bound, withTracker).sessionId()).isEqualTo("by-tracker");
  }

  @Test
  void aTagThatAnInterceptorSetsCountsToo() throws Exception {
    SessionTracker tracker = traceForge.newSession("tagged-late");
    OkHttpClient tagging =
        TraceForgeOkHttp.instrument(
            plainClient()
                .newBuilder()
                .addInterceptor(
                    chain ->
                        chain.proceed(
                            chain
                                .request()
                                .newBuilder()
                                .tag(SessionTracker.class, tracker)
                                .build()))
                .build(),
            traceForge);
    assertThat(record(tagging, chat().build()).sessionId()).isEqualTo("tagged-late");
  }

  @Test
  void theBoundSessionComesBeforeTheCurrentOne() throws Exception {
    OkHttpClient bound = boundTo(traceForge.newSession("bound"));
    Trace trace = traceForge.newSession("current").call(() -> record(bound, chat().build()));
    assertThat(trace.sessionId()).isEqualTo("bound");
  }

  @Test
  void theCurrentSessionComesBeforeOneOfTheCallsOwn() throws Exception {
    Trace trace = traceForge.newSession("current").call(() -> record(client, chat().build()));
    assertThat(trace.sessionId()).isEqualTo("current");
  }

  @Test
  void aCallWithoutSessionGetsOneOfItsOwn() throws Exception {
    Trace first = record(client, chat().build());
    Trace second = record(client, chat().build());
    assertThat(first.sessionId()).isNotNull().isNotEqualTo(second.sessionId());
    assertThat(first.callNumber()).isEqualTo(1);
    assertThat(taken().getHeader(SessionHeaders.SESSION_ID)).isEqualTo(first.sessionId());
  }

  @Test
  void orNoneIfTheUserWantsNone() throws Exception {
    try (TraceForge without =
        TraceForge.builder().storage("memory:").autoSessionId(false).build()) {
      server.enqueue(chatAnswer());
      Answer answer = call(TraceForgeOkHttp.instrument(plainClient(), without), chat().build());
      Trace trace = without.storage().getTrace(answer.traceId()).orElseThrow();
      assertThat(trace.sessionId()).isNull();
      assertThat(trace.callNumber()).isZero();
      assertThat(answer.response().header(SessionHeaders.SESSION_ID)).isNull();
      assertThat(taken().getHeader(SessionHeaders.SESSION_ID)).isNull();
    }
  }

  @Test
  void headersManagedByHandAreRecordedAndSentAsTheyAre() throws Exception {
    Request request =
        chat()
            .header("X-TraceForge-Session-ID", "by-hand")
            .header("X-TraceForge-Step-Index", "7")
            .header("X-TraceForge-Parent-Trace-ID", "parent")
            .header("X-TraceForge-State", "{\"user_query\":\"caf\\u00e9\"}")
            .build();
    Trace trace = record(boundTo(traceForge.newSession("bound")), request);
    assertThat(trace.sessionId()).isEqualTo("by-hand");
    assertThat(trace.stepIndex()).isEqualTo(7);
    assertThat(trace.parentTraceId()).isEqualTo("parent");
    assertThat(trace.stateSnapshot().get("user_query").getAsString()).isEqualTo("café");
    RecordedRequest sent = taken();
    assertThat(sent.getHeaders().values("X-TraceForge-Session-ID")).containsExactly("by-hand");
    assertThat(sent.getHeaders().values("X-TraceForge-State"))
        .containsExactly("{\"user_query\":\"caf\\u00e9\"}");
  }

  @Test
  void staticDefaultHeadersFreezeSessionAndStep() throws Exception {
    SessionTracker session = traceForge.startSession();
    Map<String, String> frozen = session.getHeaders();
    for (int i = 0; i < 2; i++) {
      Request.Builder request = chat();
      frozen.forEach(request::header);
      assertThat(record(client, request.build()).stepIndex()).isZero();
      session.nextStep();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "one", "99999999999", "", "1;drop table"})
  void aMalformedStepDoesNoHarm(String step) throws Exception {
    Request request =
        chat()
            .header(SessionHeaders.SESSION_ID, "by-hand")
            .header(SessionHeaders.STEP_INDEX, step)
            .header(SessionHeaders.STATE, "{\"a\":1}")
            .build();
    Trace trace = record(client, request);
    assertThat(trace.sessionId()).isEqualTo("by-hand");
    assertThat(trace.stepIndex()).isZero();
    assertThat(trace.stateJson()).isEqualTo("{\"a\":1}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"not json", "[1]", "\"text\"", "{\"a\":", "null", "{'; drop table"})
  void aStateThatIsNoJsonObjectDoesNoHarm(String state) throws Exception {
    Request request =
        chat()
            .header(SessionHeaders.SESSION_ID, "by-hand")
            .header(SessionHeaders.STEP_INDEX, "2")
            .header(SessionHeaders.STATE, state)
            .build();
    Trace trace = record(client, request);
    assertThat(trace.stepIndex()).isEqualTo(2);
    assertThat(trace.stateJson()).isEqualTo("{}");
  }

  @Test
  void anOversizedStateDoesNoHarm() throws Exception {
    Request request =
        chat()
            .header(SessionHeaders.SESSION_ID, "by-hand")
            .header(SessionHeaders.STATE, "{\"a\":\"" + "x".repeat(10_240) + "\"}")
            .build();
    assertThat(record(client, request).stateJson()).isEqualTo("{}");
  }

  @Test
  void anOversizedIdIsIgnoredAndTheBoundSessionCounts() throws Exception {
    Request request = chat().header(SessionHeaders.SESSION_ID, longId).build();
    Trace trace = record(boundTo(traceForge.newSession("bound")), request);
    assertThat(trace.sessionId()).isEqualTo("bound");
    assertThat(taken().getHeader(SessionHeaders.SESSION_ID)).isEqualTo("bound");
  }

  @Test
  void headersWithoutASessionIdAreIgnored() throws Exception {
    Request request = chat().header(SessionHeaders.STEP_INDEX, "9").build();
    Trace trace = record(boundTo(traceForge.newSession("bound")), request);
    assertThat(trace.sessionId()).isEqualTo("bound");
    assertThat(trace.stepIndex()).isZero();
    assertThat(taken().getHeader(SessionHeaders.STEP_INDEX)).isEqualTo("0");
  }

  @Test
  void aMalformedHeaderIsWarnedOfOnce() throws Exception {
    PrintStream usual = System.err;
    ByteArrayOutputStream log = new ByteArrayOutputStream();
    System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    try {
      for (int i = 0; i < 3; i++) {
        record(
            client,
            chat()
                .header(SessionHeaders.SESSION_ID, "by-hand")
                .header(SessionHeaders.STEP_INDEX, "minus one")
                .build());
      }
    } finally {
      System.setErr(usual);
    }
    assertThat(log.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.contains(SessionHeaders.STEP_INDEX))
        .hasSize(1);
  }

  @Test
  void aRequestMadeFromThatOfAResponseBelongsToTheSessionsNextStep() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(307).setHeader("Location", "/moved"));
    server.enqueue(chatAnswer());
    server.enqueue(chatAnswer());
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.startSession();
    OkHttpClient bound = boundTo(session);
    Response first = call(bound, chat().header("X-TraceForge-State", "kept").build()).response();
    session.nextStep();

    Request again = first.request().newBuilder().build();
    Request prior = first.priorResponse().request().newBuilder().build();
    assertThat(again.headers("X-TraceForge-State")).containsExactly("kept");
    assertThat(trace(call(bound, again).traceId()).stepIndex()).isEqualTo(1);
    assertThat(trace(call(bound, prior).traceId()).stepIndex()).isEqualTo(1);
  }

  @Test
  void theRequestOfAResponseKeepsTheHeadersThatTheCallerSet() throws Exception {
    server.enqueue(chatAnswer());
    Request manual =
        chat()
            .header("X-TraceForge-Session-ID", "mine")
            .header("X-TraceForge-Step-Index", "4")
            .build();
    Response response = call(client, manual).response();
    assertThat(response.request().headers()).isEqualTo(manual.headers());
  }
}
