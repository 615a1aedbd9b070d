package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.traceforge.HeaderPropagation;
import io.traceforge.SessionHeaders;
import io.traceforge.SessionTracker;
import io.traceforge.TraceForge;
import java.net.InetAddress;
import java.util.List;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ids go to every host, the state only to those that may have it. */
class PropagationTest extends OkHttpTestBase {

  /** Every host name leads to the server on loopback. */
  private OkHttpClient anyHost() {
    return plainClient()
        .newBuilder()
        .dns(name -> List.of(InetAddress.getLoopbackAddress()))
        .build();
  }

  private Request to(String host) {
    return chat().url(server.url("/v1/chat/completions").newBuilder().host(host).build()).build();
  }

  private RecordedRequest sent(HeaderPropagation propagation, String host) throws Exception {
    server.enqueue(chatAnswer());
    try (TraceForge other =
        TraceForge.builder().storage("memory:").headerPropagation(propagation).build()) {
      SessionTracker session = other.newSession();
      session.setState("secret", "plans");
      call(TraceForgeOkHttp.instrument(anyHost(), session), to(host));
    }
    return taken();
  }

  @Test
  void byDefaultTheStateGoesToLoopbackOnly() throws Exception {
    RecordedRequest local = sent(HeaderPropagation.stateTo(), "localhost");
    assertThat(local.getHeader(SessionHeaders.STATE)).isEqualTo("{\"secret\":\"plans\"}");
    RecordedRequest remote = sent(HeaderPropagation.stateTo(), "api.example.com");
    assertThat(remote.getHeader(SessionHeaders.SESSION_ID)).isNotNull();
    assertThat(remote.getHeader(SessionHeaders.STATE)).isNull();
  }

  @Test
  void andToHostsThatTheUserNames() throws Exception {
    HeaderPropagation gateway = HeaderPropagation.stateTo("LLM-Gateway.corp");
    assertThat(sent(gateway, "llm-gateway.corp").getHeader(SessionHeaders.STATE)).isNotNull();
    assertThat(sent(gateway, "localhost").getHeader(SessionHeaders.STATE)).isNotNull();
    assertThat(sent(gateway, "evil-llm-gateway.corp").getHeader(SessionHeaders.STATE)).isNull();
  }

  @Test
  void allIdsOnlyAndNone() throws Exception {
    assertThat(sent(HeaderPropagation.all(), "api.example.com").getHeader(SessionHeaders.STATE))
        .isNotNull();
    RecordedRequest idsOnly = sent(HeaderPropagation.idsOnly(), "localhost");
    assertThat(idsOnly.getHeader(SessionHeaders.STATE)).isNull();
    assertThat(idsOnly.getHeader(SessionHeaders.STEP_INDEX)).isEqualTo("0");
    assertThat(sent(HeaderPropagation.none(), "localhost").getHeaders().names())
        .noneMatch(name -> name.startsWith("X-TraceForge"));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void theStateDoesNotFollowARedirectToAnotherHost(int code) throws Exception {
    String elsewhere =
        server.url("/elsewhere").newBuilder().host("elsewhere.example.com").build().toString();
    server.enqueue(new MockResponse().setResponseCode(code).setHeader("Location", elsewhere));
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.newSession();
    session.setState("next", "plans");
    call(TraceForgeOkHttp.instrument(anyHost(), session), to("localhost"));

    assertThat(taken().getHeader(SessionHeaders.STATE)).isNotNull();
    RecordedRequest second = taken();
    assertThat(second.getPath()).isEqualTo("/elsewhere");
    assertThat(second.getHeader(SessionHeaders.STATE)).isNull();
    assertThat(second.getHeader(SessionHeaders.SESSION_ID)).isEqualTo(session.getSessionId());
  }

  @Test
  void andComesBackOnARedirectToAHostThatMayHaveIt() throws Exception {
    String home = server.url("/home").newBuilder().host("localhost").build().toString();
    server.enqueue(new MockResponse().setResponseCode(307).setHeader("Location", home));
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.newSession();
    session.setState("next", "plans");
    call(TraceForgeOkHttp.instrument(anyHost(), session), to("api.example.com"));
    assertThat(taken().getHeader(SessionHeaders.STATE)).isNull();
    assertThat(taken().getHeader(SessionHeaders.STATE)).isNotNull();
  }

  @Test
  void anyTextReachesTheServerAsJsonThatParsesBackEqual() throws Exception {
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.newSession();
    session.setState(
        "text",
        "caf\u00e9 \"quoted\" \\ line\nbreak\ttab \u65e5\u672c\u8a9e \ud83d\ude80 \u2028 \u0000 \ud800");
    session.setState("cl\u00e9", List.of(1, "\u00fc"));
    call(boundTo(session), chat().build());
    String header = taken().getHeader(SessionHeaders.STATE);
    assertThat(header).matches("[\\x20-\\x7e]*");
    assertThat(JsonParser.parseString(header)).isEqualTo(session.getState());
    assertThat(onlyTrace().stateSnapshot()).isEqualTo(session.getState());
  }

  @Test
  void aStateTooLongForAHeaderIsRecordedNotSent() throws Exception {
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.newSession();
    session.setState("text", "\u00e9".repeat(5_000));
    call(boundTo(session), chat().build());
    assertThat(taken().getHeader(SessionHeaders.STATE)).isNull();
    assertThat(onlyTrace().stateSnapshot()).isEqualTo(session.getState());
  }

  @Test
  void anInterceptorAloneSendsIdsOnly() throws Exception {
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.newSession();
    session.setState("next", "plans");
    OkHttpClient simple =
        plainClient().newBuilder().addInterceptor(TraceForgeOkHttp.interceptor(session)).build();
    call(simple, chat().build());
    RecordedRequest request = taken();
    assertThat(request.getHeader(SessionHeaders.SESSION_ID)).isEqualTo(session.getSessionId());
    assertThat(request.getHeader(SessionHeaders.STATE)).isNull();
    assertThat(onlyTrace().stateSnapshot()).isEqualTo(session.getState());
  }

  /** OkHttp runs no network interceptors for it, and follows redirects to any host. */
  @Test
  void aWebSocketTellsIdsOnly() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(403));
    SessionTracker session = traceForge.newSession();
    session.setState("next", "plans");
    OkHttpClient bound = TraceForgeOkHttp.instrument(plainClient(), session);
    bound.newWebSocket(chat().get().build(), new WebSocketListener() {});
    RecordedRequest request = taken();
    assertThat(request.getHeader(SessionHeaders.SESSION_ID)).isEqualTo(session.getSessionId());
    assertThat(request.getHeader(SessionHeaders.STATE)).isNull();
  }

  @Test
  void theStateIsRedactedWhereItIsStoredAndNotWhereItIsSent() throws Exception {
    server.enqueue(chatAnswer());
    SessionTracker session = traceForge.newSession();
    session.setState("password", "hunter2");
    call(boundTo(session), chat().build());
    assertThat(taken().getHeader(SessionHeaders.STATE)).isEqualTo("{\"password\":\"hunter2\"}");
    assertThat(onlyTrace().stateJson()).isEqualTo("{\"password\":\"[REDACTED]\"}");
    assertThat(session.getState().get("password").getAsString()).isEqualTo("hunter2");
  }
}
