package io.traceforge.okhttp.contract;

import java.io.IOException;
import java.util.List;
import okhttp3.Protocol;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/** OkHttp's own test server, for what {@link Http1Server} does not speak. */
final class MockServer implements ContractServer {
  interface Script {
    MockResponse answer(RecordedRequest request) throws Exception;
  }

  private final MockWebServer server = new MockWebServer();
  private final boolean secure;

  private MockServer(Journal received, List<Protocol> protocols, boolean secure, Script script)
      throws IOException {
    this.secure = secure;
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            note(received, request);
            return answer(script, request);
          }
        });
    server.setProtocols(protocols);
    if (secure) {
      server.useHttps(Certificates.serverSocketLayer(), false);
    }
    server.start(java.net.InetAddress.getLoopbackAddress(), 0);
  }

  static ContractServer.Factory http1(Script script) {
    return (received, gate) -> new MockServer(received, List.of(Protocol.HTTP_1_1), false, script);
  }

  static ContractServer.Factory http2(Script script) {
    return (received, gate) ->
        new MockServer(received, List.of(Protocol.H2_PRIOR_KNOWLEDGE), false, script);
  }

  static ContractServer.Factory http2OverTls(Script script) {
    return (received, gate) ->
        new MockServer(received, List.of(Protocol.HTTP_2, Protocol.HTTP_1_1), true, script);
  }

  private static void note(Journal received, RecordedRequest request) {
    received.note(request.getRequestLine() + " " + Describe.headers(request.getHeaders()));
    received.note("  number on its connection", request.getSequenceNumber());
    received.note("  body in chunks of", request.getChunkSizes());
    received.note("  body: " + Describe.bytes(request.getBody().snapshot()));
  }

  private static MockResponse answer(Script script, RecordedRequest request) {
    try {
      return FOLLOW_UP.equals(request.getPath())
          ? new MockResponse().setBody("follow")
          : script.answer(request);
    } catch (Exception failure) {
      return new MockResponse().setResponseCode(599).setBody(failure.toString());
    }
  }

  @Override
  public int port() {
    return server.getPort();
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  @Override
  public void close() throws IOException {
    server.shutdown();
  }

  /** Sends back what it hears. */
  static final class Echo extends WebSocketListener {
    @Override
    public void onMessage(WebSocket webSocket, String text) {
      webSocket.send("echo of " + text);
    }

    @Override
    public void onMessage(WebSocket webSocket, okio.ByteString bytes) {
      webSocket.send(bytes);
    }

    @Override
    public void onClosing(WebSocket webSocket, int code, String reason) {
      webSocket.close(code, reason);
    }
  }
}
