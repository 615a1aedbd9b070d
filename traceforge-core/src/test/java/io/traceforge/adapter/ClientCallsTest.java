package io.traceforge.adapter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.traceforge.HeaderPropagation;
import io.traceforge.SessionContext;
import io.traceforge.SessionHeaders;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import io.traceforge.trace.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What all adapters do alike: to which session a call belongs, and what is sent of it. */
class ClientCallsTest extends AdapterTestBase {

  @Test
  void aSessionThatStandsAloneIsRefused() {
    assertThatThrownBy(() -> ClientCalls.of(new SessionTracker("alone")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("session alone stands alone");
  }

  @Test
  void theBoundSessionComesBeforeTheThreadsAndAfterThePlaceGiven() {
    SessionTracker bound = traceForge.newSession("bound");
    SessionTracker current = traceForge.newSession("current");
    current.run(
        () -> {
          assertThat(session(ClientCalls.of(bound), null)).isEqualTo("bound");
          assertThat(session(ClientCalls.of(traceForge), null)).isEqualTo("current");
          SessionContext elsewhere = SessionContext.of("elsewhere");
          assertThat(session(ClientCalls.of(bound), elsewhere)).isEqualTo("elsewhere");
          assertThat(ClientCalls.of(bound).currentContext().sessionId()).isEqualTo("bound");
        });
    assertThat(ClientCalls.of(traceForge).currentContext()).isNull();
  }

  private static String session(ClientCalls calls, SessionContext madeAt) {
    return calls.begin(name -> null, madeAt).context().sessionId();
  }

  @Test
  void requestsCarryIdsButNoState() {
    SessionTracker session = traceForge.newSession("job");
    session.setState("customer", "Ada");
    session.setParentTraceId("parent");

    assertThat(ClientCalls.of(session).begin(name -> null).requestHeaders())
        .containsOnly(
            Map.entry(SessionHeaders.SESSION_ID, "job"),
            Map.entry(SessionHeaders.STEP_INDEX, "0"),
            Map.entry(SessionHeaders.PARENT_TRACE_ID, "parent"));
  }

  @Test
  void theStateIsSentWhereEveryHostMayHaveItAndNothingWhereNothingIs() {
    assertThat(headersSent(HeaderPropagation.all()))
        .containsEntry(SessionHeaders.STATE, "{\"customer\":\"Ada\"}");
    assertThat(headersSent(HeaderPropagation.stateTo("localhost")))
        .containsKey(SessionHeaders.SESSION_ID)
        .doesNotContainKey(SessionHeaders.STATE);
    assertThat(headersSent(HeaderPropagation.idsOnly())).doesNotContainKey(SessionHeaders.STATE);
    assertThat(headersSent(HeaderPropagation.none())).isEmpty();
  }

  private static Map<String, String> headersSent(HeaderPropagation propagation) {
    try (TraceForge sending =
        TraceForge.builder().storage("memory:").headerPropagation(propagation).build()) {
      SessionTracker session = sending.newSession();
      session.setState("customer", "Ada");
      return ClientCalls.of(session).begin(name -> null).requestHeaders();
    }
  }

  @Test
  void headersThatTheCallerManagesAreLeftToHim() {
    Map<String, String> manual = SessionContext.of("manual").withStep(4).headers();
    ClientCall call = ClientCalls.of(traceForge).begin(manual::get);

    assertThat(call.requestHeaders()).isEmpty();
    assertThat(call.context().sessionId()).isEqualTo("manual");
    assertThat(call.responseHeaders())
        .containsEntry(SessionHeaders.SESSION_ID, "manual")
        .containsEntry(SessionHeaders.NEXT_STEP, "5")
        .containsKey(SessionHeaders.TRACE_ID);
  }

  @Test
  void aResponseNamesNoTraceThatNobodyWillStore() {
    ClientCall call = begin();
    assertThat(call.responseHeaders()).containsKey(SessionHeaders.TRACE_ID);

    traceForge.close();

    assertThat(call.responseHeaders())
        .containsKey(SessionHeaders.SESSION_ID)
        .doesNotContainKey(SessionHeaders.TRACE_ID);
  }

  @Test
  void theSessionsHeadersAreNotRecordedAmongTheRequests() {
    Map<String, List<String>> headers =
        Map.of("x-traceforge-state", List.of("{}"), "Accept", List.of("a", "b"));
    ClientCall call = ClientCalls.of(traceForge).begin(name -> null);
    call.request(
        "POST",
        "http://localhost/",
        () -> HttpHeaders.of(headers.keySet(), headers::get),
        "text/plain");
    call.requestBody("Hi".getBytes(StandardCharsets.UTF_8));
    call.requestSent();

    assertThat(onlyTrace().request().headers().fields())
        .extracting(field -> field.name() + "=" + field.value())
        .containsExactly("Accept=a", "Accept=b");
    assertThat(onlyTrace().request().body().text()).isEqualTo("Hi");
  }

  @Test
  void aRequestsBodyIsCopiedWhileItIsWrittenAndAgainIfItIsSentAgain() throws IOException {
    ClientCall call = begin();
    call.requestBody(new ByteArrayOutputStream(), -1)
        .write("first".getBytes(StandardCharsets.UTF_8));
    ByteArrayOutputStream server = new ByteArrayOutputStream();
    try (OutputStream body = call.requestBody(server, -1)) {
      body.write('s');
      body.write("a second time".getBytes(StandardCharsets.UTF_8), 1, 8);
    }
    call.requestSent();

    assertThat(server.toString(StandardCharsets.UTF_8)).isEqualTo("s second ");
    assertThat(onlyTrace().request().body().text()).isEqualTo("s second ");
  }

  @Test
  void nothingIsBegunWhereNothingIsRecorded() {
    try (TraceForge off = TraceForge.builder().enabled(false).build()) {
      assertThat(ClientCalls.of(off).enabled()).isFalse();
      assertThat(ClientCalls.of(off).begin(name -> null)).isNull();
    }
  }

  @Test
  void aFailureOfOursIsCountedAndKeptFromTheClient() {
    ClientCall call =
        ClientCalls.of(traceForge)
            .begin(
                name -> {
                  throw new IllegalStateException("a header that cannot be read");
                });

    assertThat(call).isNull();
    assertThat(traceForge.stats().internalErrors()).isEqualTo(1);
  }
}
