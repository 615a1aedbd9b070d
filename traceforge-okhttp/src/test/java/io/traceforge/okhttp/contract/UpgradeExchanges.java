package io.traceforge.okhttp.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.lang.reflect.Method;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.sse.EventSource;
import okhttp3.sse.EventSourceListener;
import okhttp3.sse.EventSources;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.ByteString;
import okio.Okio;
import okio.Sink;
import okio.Source;

/** Connections that become something else than one answer: web sockets, upgrades, event sources. */
final class UpgradeExchanges {
  private UpgradeExchanges() {}

  static List<Exchange> all() {
    return List.of(webSocket(), refusedWebSocket(), upgrade(), eventSource());
  }

  private static Exchange webSocket() {
    return Exchange.with(
            "a web socket",
            MockServer.http1(r -> new MockResponse().withWebSocketUpgrade(new MockServer.Echo())))
        .calls(caller -> awaitEnd(caller, new Talking(caller)))
        .records(Recorded.success().code(101))
        .notFollowedUp();
  }

  private static Exchange refusedWebSocket() {
    return Exchange.of("a web socket refused", server -> server.answer("403 No", "not you"))
        .calls(caller -> awaitEnd(caller, new Talking(caller)))
        .records(Recorded.error("http_403").code(403).got(body -> {}));
  }

  private static void awaitEnd(Caller caller, Talking talking) throws Exception {
    // No ping, no compression to negotiate: both sides say the same in each run.
    caller.client.newWebSocket(caller.get("/socket").build(), talking);
    caller.journal.note("ended", talking.ended.await(10, TimeUnit.SECONDS));
  }

  /** Says something, hears the answer, says bytes, and closes. */
  private static final class Talking extends WebSocketListener {
    final CountDownLatch ended = new CountDownLatch(1);
    private final Caller caller;

    Talking(Caller caller) {
      this.caller = caller;
    }

    @Override
    public void onOpen(WebSocket socket, Response response) {
      caller.journal.noteAll(Describe.response("opened", response));
      caller.journal.note("sent", socket.send("hello"));
    }

    @Override
    public void onMessage(WebSocket socket, String text) {
      caller.journal.note("heard", text);
      caller.journal.note("sent", socket.send(ByteString.encodeUtf8("bytes")));
    }

    @Override
    public void onMessage(WebSocket socket, ByteString bytes) {
      caller.journal.note("heard", bytes.utf8());
      caller.journal.note("closed", socket.close(1000, "done"));
    }

    @Override
    public void onClosed(WebSocket socket, int code, String reason) {
      caller.journal.note("closed: " + code + " " + reason);
      ended.countDown();
    }

    @Override
    public void onFailure(WebSocket socket, Throwable failure, Response response) {
      caller.journal.note("socket failed", Describe.failure(failure));
      if (response != null) {
        caller.journal.noteAll(Describe.response("answer", response));
        caller.attempt("read", () -> caller.journal.note("read", response.body().string()));
      }
      ended.countDown();
    }
  }

  /** OkHttp 4.12 has no way to use it; 5.x gives a socket. */
  private static Exchange upgrade() {
    return Exchange.of(
            "an upgrade to another protocol",
            server -> {
              server.head("101 Switching Protocols", "Connection: upgrade", "Upgrade: shout");
              server.send(
                  new String(server.readExactly(5), UTF_8).toUpperCase(java.util.Locale.ROOT));
              server.hangUp();
            })
        .calls(
            caller -> {
              Request request =
                  caller
                      .get("/")
                      .header("Connection", "upgrade")
                      .header("Upgrade", "shout")
                      .build();
              caller.open(request, response -> shout(caller, response));
            })
        .records(Recorded.success().code(101))
        .notFollowedUp();
  }

  private static void shout(Caller caller, Response response) throws Exception {
    Method socketOf;
    try {
      socketOf = Response.class.getMethod("socket");
    } catch (NoSuchMethodException okHttp4) {
      caller.journal.note("read", response.body().string());
      return;
    }
    Object socket = socketOf.invoke(response);
    caller.journal.note("socket", socket != null);
    try (BufferedSink sink = Okio.buffer((Sink) part(socket, "getSink"));
        BufferedSource source = Okio.buffer((Source) part(socket, "getSource"))) {
      sink.writeUtf8("hello").flush();
      caller.journal.note("read", source.readUtf8());
    }
  }

  private static Object part(Object socket, String name) throws Exception {
    return Class.forName("okio.Socket").getMethod(name).invoke(socket);
  }

  private static Exchange eventSource() {
    return Exchange.of(
            "an event source",
            server -> {
              StreamExchanges.streamHead(server, StreamExchanges.SSE);
              for (String event : StreamExchanges.EVENTS) {
                server.chunk(event);
                server.gate.await();
              }
              server.endChunks();
            })
        .calls(UpgradeExchanges::listen)
        .records(Recorded.success().got(String.join("", StreamExchanges.EVENTS)));
  }

  private static void listen(Caller caller) throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    OkHttpClient client = caller.client;
    EventSources.createFactory(client)
        .newEventSource(
            caller.get("/").build(),
            new EventSourceListener() {
              @Override
              public void onOpen(EventSource source, Response response) {
                caller.journal.noteAll(Describe.response("opened", response));
              }

              @Override
              public void onEvent(EventSource source, String id, String type, String data) {
                caller.journal.note("event " + id + " " + type + " " + data);
                caller.gate.open();
              }

              @Override
              public void onClosed(EventSource source) {
                caller.journal.note("closed");
                closed.countDown();
              }

              @Override
              public void onFailure(EventSource source, Throwable failure, Response response) {
                caller.journal.note("failed", String.valueOf(failure));
                closed.countDown();
              }
            });
    caller.journal.note("ended", closed.await(10, TimeUnit.SECONDS));
  }
}
