package io.traceforge.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.TraceForge;
import io.traceforge.trace.Trace;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.Cache;
import okhttp3.Call;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.MockResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the caller can see is the same as without us, but for the headers. */
class CallersViewTest extends OkHttpTestBase {

  /** The user's own listener: an event that a wrapper would swallow is missing from its list. */
  private static final class Events extends EventListener {
    final List<String> names = Collections.synchronizedList(new ArrayList<>());

    @Override
    public void callStart(Call call) {
      names.add("callStart");
    }

    @Override
    public void connectStart(Call call, java.net.InetSocketAddress address, java.net.Proxy proxy) {
      names.add("connectStart");
    }

    @Override
    public void requestHeadersEnd(Call call, Request request) {
      names.add("requestHeadersEnd");
    }

    @Override
    public void requestBodyEnd(Call call, long byteCount) {
      names.add("requestBodyEnd " + byteCount);
    }

    @Override
    public void responseHeadersEnd(Call call, Response response) {
      names.add("responseHeadersEnd");
    }

    @Override
    public void responseBodyEnd(Call call, long byteCount) {
      names.add("responseBodyEnd " + byteCount);
    }

    @Override
    public void callEnd(Call call) {
      names.add("callEnd");
    }
  }

  @Test
  void theUsersOwnListenerIsTheOneThatOkHttpCalls() throws Exception {
    List<Call> asked = new ArrayList<>();
    Events events = new Events();
    OkHttpClient listened =
        plainClient()
            .newBuilder()
            .eventListenerFactory(
                call -> {
                  asked.add(call);
                  return events;
                })
            .build();
    Call plain = listened.newCall(chat().build());
    OkHttpClient recording = TraceForgeOkHttp.instrument(listened, traceForge);
    Call recorded = TraceForgeOkHttp.instrument(recording, traceForge).newCall(chat().build());
    assertThat(asked).containsExactly(plain, recorded);
    assertThat(recording.eventListenerFactory().create(recorded)).isSameAs(events);
  }

  @Test
  void theUsersOwnListenerHearsEveryEvent() throws Exception {
    Events without = new Events();
    Events with = new Events();
    server.enqueue(chatAnswer());
    call(plainClient().newBuilder().eventListener(without).build(), chat().build());
    server.enqueue(chatAnswer());
    call(
        TraceForgeOkHttp.instrument(
            plainClient().newBuilder().eventListener(with).build(), traceForge),
        chat().build());
    assertThat(with.names).isEqualTo(without.names).contains("callStart", "callEnd");
  }

  @Test
  void theRequestOfAResponseIsTheCallersOwn() throws Exception {
    server.enqueue(new MockResponse().setResponseCode(308).setHeader("Location", "/elsewhere"));
    server.enqueue(chatAnswer());
    RequestBody body = RequestBody.create(CHAT_REQUEST, JSON);
    try (Response response = client.newCall(chat().post(body).build()).execute()) {
      assertThat(response.request().body()).isSameAs(body);
      assertThat(response.request().url().encodedPath()).isEqualTo("/elsewhere");
      Response prior = Objects.requireNonNull(response.priorResponse());
      assertThat(prior.request().body()).isSameAs(body);
      assertThat(prior.code()).isEqualTo(308);
      Response network = Objects.requireNonNull(response.networkResponse());
      assertThat(network.request().body()).isSameAs(body);
      assertThat(network.request().tag(RecordedCall.class)).isNull();
      response.body().string();
    }
  }

  @Test
  void peekingSeesTheSameBytesAndRecordsThemOnce() throws Exception {
    server.enqueue(chatAnswer());
    try (Response response = client.newCall(chat().build()).execute()) {
      assertThat(response.peekBody(Long.MAX_VALUE).string()).isEqualTo(CHAT_RESPONSE);
      assertThat(response.body().source().peek().readUtf8()).isEqualTo(CHAT_RESPONSE);
      assertThat(response.body().string()).isEqualTo(CHAT_RESPONSE);
    }
    assertThat(onlyTrace().response().body().text()).isEqualTo(CHAT_RESPONSE);
  }

  @Test
  void cacheHitsStayCacheHits(@TempDir Path folder) throws Exception {
    try (Cache cache = new Cache(new File(folder.toFile(), "cache"), 1 << 20)) {
      OkHttpClient caching =
          TraceForgeOkHttp.instrument(plainClient().newBuilder().cache(cache).build(), traceForge);
      server.enqueue(new MockResponse().setHeader("Cache-Control", "max-age=60").setBody("cached"));
      assertThat(call(caching, get("/cached").build()).body()).isEqualTo("cached");
      Answer second = call(caching, get("/cached").build());
      assertThat(second.body()).isEqualTo("cached");
      assertThat(second.response().cacheResponse()).isNotNull();
      assertThat(second.response().networkResponse()).isNull();
      assertThat(trace(second.traceId()).response().body().text()).isEqualTo("cached");
    }
  }

  @Test
  void trailersAreThereAsBefore() throws Exception {
    server.setProtocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
    server.enqueue(
        new MockResponse().setBody("body").setTrailers(okhttp3.Headers.of("checksum", "42")));
    OkHttpClient http2 =
        TraceForgeOkHttp.instrument(
            plainClient().newBuilder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build(),
            traceForge);
    try (Response response = http2.newCall(get("/trailers").build()).execute()) {
      assertThat(response.body().string()).isEqualTo("body");
      assertThat(response.trailers().get("checksum")).isEqualTo("42");
    }
  }

  @Test
  void aWebSocketPassesUntouched() throws Exception {
    CountDownLatch heard = new CountDownLatch(1);
    server.enqueue(new MockResponse().withWebSocketUpgrade(new Echo()));
    WebSocket socket =
        client.newWebSocket(
            get("/socket").build(),
            new WebSocketListener() {
              @Override
              public void onMessage(WebSocket webSocket, String text) {
                heard.countDown();
              }
            });
    socket.send("hello");
    assertThat(heard.await(20, TimeUnit.SECONDS)).isTrue();
    socket.close(1000, null);
    Trace trace = onlyTrace();
    assertThat(trace.response().statusCode()).isEqualTo(101);
    assertThat(trace.response().body()).isNull();
  }

  private static final class Echo extends WebSocketListener {
    @Override
    public void onMessage(WebSocket webSocket, String text) {
      webSocket.send(text);
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
      webSocket.close(code, reason);
    }
  }

  @Test
  void connectionsAreReusedAsBefore() throws Exception {
    for (int i = 0; i < 3; i++) {
      server.enqueue(chatAnswer());
    }
    call(client, chat().build());
    client.newCall(chat().build()).execute().close();
    call(client, chat().build());
    assertThat(taken().getSequenceNumber()).isZero();
    assertThat(taken().getSequenceNumber()).isEqualTo(1);
    assertThat(taken().getSequenceNumber()).isEqualTo(2);
  }

  @Test
  void aDisabledTraceForgeLeavesTheClientAlone() throws Exception {
    try (TraceForge disabled = TraceForge.builder().enabled(false).build()) {
      OkHttpClient plain = plainClient();
      assertThat(TraceForgeOkHttp.instrument(plain, disabled)).isSameAs(plain);
      server.enqueue(chatAnswer());
      OkHttpClient seam =
          plain.newBuilder().addInterceptor(TraceForgeOkHttp.interceptor(disabled)).build();
      assertThat(call(seam, chat().build()).response().header("X-TraceForge-Trace-ID")).isNull();
    }
  }
}
