package io.traceforge.okhttp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** A server on loopback for answers that a well-behaved one would not give. One script a call. */
final class ScriptedServer implements AutoCloseable {
  interface Script {
    void answer(Connection connection) throws Exception;
  }

  private final ServerSocket listening;
  private final Script script;

  ScriptedServer(Script script) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.script = script;
    Thread acceptor = new Thread(this::accept, "scripted-server");
    acceptor.setDaemon(true);
    acceptor.start();
  }

  String url(String path) {
    return "http://127.0.0.1:" + listening.getLocalPort() + path;
  }

  private void accept() {
    while (!listening.isClosed()) {
      try (Socket socket = listening.accept()) {
        Connection connection = new Connection(socket);
        connection.readRequest();
        script.answer(connection);
      } catch (Exception clientWentAway) {
        // the test sees what the client sees
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }

  static final class Connection {
    final Socket socket;
    private final BufferedReader in;
    private final OutputStream out;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1));
      this.out = socket.getOutputStream();
    }

    /** Reads the head of a request and its body, if it tells its length. */
    void readRequest() throws IOException {
      int length = 0;
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        if (line.toLowerCase(java.util.Locale.ROOT).startsWith("content-length:")) {
          length = Integer.parseInt(line.substring(15).trim());
        }
      }
      in.skip(length);
    }

    /** Waits for the client to hang up, or to send more, which none of them does. */
    void awaitClientsClose() throws IOException {
      in.read();
    }

    void send(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.UTF_8));
      out.flush();
    }

    void sendStreamHead() throws IOException {
      send(
          "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n");
    }

    void sendChunk(String text) throws IOException {
      int length = text.getBytes(StandardCharsets.UTF_8).length;
      send(Integer.toHexString(length) + "\r\n" + text + "\r\n");
    }

    void endChunks() throws IOException {
      send("0\r\n\r\n");
    }
  }
}
