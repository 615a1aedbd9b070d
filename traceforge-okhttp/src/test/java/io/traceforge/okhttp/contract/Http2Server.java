package io.traceforge.okhttp.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Speaks HTTP/2 without TLS as told, be it right or wrong, frame by frame. */
final class Http2Server implements ContractServer {
  interface Script {
    void answer(Http2ServerStream stream) throws Exception;
  }

  private static final long DEADLINE_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Journal received;
  private final Gate gate;
  private final Script script;
  private final Thread acceptor;
  private final List<Http2ServerConnection> connections = new ArrayList<>();

  private Http2Server(Journal received, Gate gate, Script script) throws IOException {
    this.received = received;
    this.gate = gate;
    this.script = script;
    this.acceptor = new Thread(this::accept, "http2-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  static ContractServer.Factory answering(Script script) {
    return (received, gate) -> new Http2Server(received, gate, script);
  }

  @Override
  public int port() {
    return listening.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        synchronized (this) {
          connections.add(new Http2ServerConnection(socket, gate, this::answer));
        }
      }
    } catch (IOException closed) {
      // the run is over
    }
  }

  private void answer(Http2ServerStream stream) throws Exception {
    if (stream.path().equals(FOLLOW_UP)) {
      stream.headers(false, ":status", "200");
      stream.data("follow", true);
    } else {
      script.answer(stream);
    }
  }

  @Override
  public void awaitClients() throws InterruptedException {
    for (Http2ServerConnection connection : all()) {
      connection.awaitClient(DEADLINE_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    try {
      acceptor.join(DEADLINE_MILLIS);
      for (Http2ServerConnection connection : all()) {
        connection.close();
      }
      awaitClients();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
    all().forEach(connection -> received.noteAll(connection.seen()));
    received.note("connections", all().size());
  }

  private synchronized List<Http2ServerConnection> all() {
    return List.copyOf(connections);
  }
}
