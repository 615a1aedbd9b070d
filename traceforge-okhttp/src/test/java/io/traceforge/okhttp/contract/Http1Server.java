package io.traceforge.okhttp.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;

/** Speaks HTTP/1.1 as told, be it right or wrong; counts its connections. */
final class Http1Server implements ContractServer {
  interface Script {
    void answer(Http1Connection connection) throws Exception;
  }

  private static final long DEADLINE_MILLIS = TimeUnit.SECONDS.toMillis(10);

  private final ServerSocket listening;
  private final boolean secure;
  private final Journal received;
  private final Gate gate;
  private final Script script;
  private final Thread acceptor;
  private final List<Thread> threads = new ArrayList<>();
  private final List<Socket> sockets = new ArrayList<>();
  private final List<Journal> journals = new ArrayList<>();

  private Http1Server(
      ServerSocketFactory sockets, boolean secure, Journal received, Gate gate, Script script)
      throws IOException {
    this.listening = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.secure = secure;
    this.received = received;
    this.gate = gate;
    this.script = script;
    this.acceptor = new Thread(this::accept, "http1-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  static ContractServer.Factory answering(Script script) {
    return (received, gate) ->
        new Http1Server(ServerSocketFactory.getDefault(), false, received, gate, script);
  }

  static ContractServer.Factory answeringOverTls(Script script) {
    return (received, gate) ->
        new Http1Server(Certificates.serverSockets(), true, received, gate, script);
  }

  /** A proxy that is the host behind its tunnels as well, if the script begins them. */
  static ContractServer.Factory tunnelling(Script script) {
    return (received, gate) ->
        new Http1Server(ServerSocketFactory.getDefault(), true, received, gate, script);
  }

  @Override
  public int port() {
    return listening.getLocalPort();
  }

  @Override
  public boolean isSecure() {
    return secure;
  }

  private void accept() {
    try {
      while (true) {
        begin(listening.accept());
      }
    } catch (IOException closed) {
      // the run is over
    }
  }

  private synchronized void begin(Socket socket) {
    int number = sockets.size() + 1;
    Journal journal = new Journal();
    journal.note("connection " + number);
    Thread thread = new Thread(() -> serve(socket, number, journal), "connection-" + number);
    thread.setDaemon(true);
    sockets.add(socket);
    journals.add(journal);
    threads.add(thread);
    thread.start();
  }

  /** Answers requests until either side hangs up. */
  private void serve(Socket socket, int number, Journal journal) {
    try (socket) {
      Http1Connection connection = new Http1Connection(socket, number, journal, gate);
      while (connection.readHead()) {
        if (!connection.expectsContinue()) {
          connection.readBody();
        }
        // A proxy is told the whole URL.
        if (connection.path().endsWith(FOLLOW_UP)) {
          connection.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nfollow");
        } else {
          script.answer(connection);
        }
      }
    } catch (Exception clientWentAway) {
      // what the client sees is in its own journal
    }
  }

  @Override
  public void awaitClients() throws InterruptedException {
    for (Thread thread : all(threads)) {
      thread.join(DEADLINE_MILLIS);
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    try {
      acceptor.join(DEADLINE_MILLIS);
      for (Socket socket : all(sockets)) {
        socket.close();
      }
      awaitClients();
    } catch (InterruptedException stopped) {
      throw new IOException(stopped);
    }
    all(journals).forEach(journal -> received.noteAll(journal.lines()));
    received.note("connections", all(sockets).size());
  }

  private synchronized <T> List<T> all(List<T> growing) {
    return List.copyOf(growing);
  }
}
