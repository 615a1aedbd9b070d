package io.traceforge.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.locks.LockSupport;

/** As little of an HTTP server as will do, in a process of its own; ends when its input does. */
final class Server {
  private static final byte[] ANSWER =
      ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
              + Payloads.RESPONSE.length
              + "\r\n\r\n"
              + new String(Payloads.RESPONSE, ISO_8859_1))
          .getBytes(ISO_8859_1);
  private static final byte[] STREAM_HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"
          .getBytes(ISO_8859_1);
  private static final byte[][] CHUNKS = chunks();

  private Server() {}

  /** Prints its port. */
  public static void main(String[] args) throws IOException {
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread acceptor = new Thread(() -> accept(server));
      acceptor.setDaemon(true);
      acceptor.start();
      System.out.println(server.getLocalPort());
      while (System.in.read() >= 0) {
        // as long as the parent process is there
      }
    }
  }

  private static void accept(ServerSocket server) {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        Thread thread = new Thread(() -> serve(socket));
        thread.setDaemon(true);
        thread.start();
      }
    } catch (IOException closed) {
      return; // at the end
    }
  }

  private static void serve(Socket socket) {
    byte[] received = new byte[64 << 10];
    try (socket) {
      InputStream in = socket.getInputStream();
      OutputStream out = socket.getOutputStream();
      int length = 0;
      for (int count = in.read(received); count >= 0; count = read(in, received, length)) {
        length += count;
        String text = new String(received, 0, length, ISO_8859_1);
        int headLength = text.indexOf("\r\n\r\n") + 4;
        if (headLength > 3 && length == headLength + contentLength(text.substring(0, headLength))) {
          length = 0;
          answer(text, out);
        }
      }
    } catch (IOException gone) {
      return; // the client has closed
    }
  }

  private static int read(InputStream in, byte[] received, int length) throws IOException {
    return in.read(received, length, received.length - length);
  }

  private static void answer(String request, OutputStream out) throws IOException {
    if (!request.startsWith("POST /stream")) {
      out.write(ANSWER);
      return;
    }
    long pauseNanos =
        Long.parseLong(request.substring(request.indexOf('=') + 1, request.indexOf(" HTTP")));
    out.write(STREAM_HEAD);
    for (byte[] chunk : CHUNKS) {
      if (pauseNanos > 0) {
        LockSupport.parkNanos(pauseNanos);
      }
      out.write(chunk);
    }
  }

  private static long contentLength(String head) {
    String field = "\r\nContent-Length: ";
    int at = head.indexOf(field);
    return at < 0
        ? 0
        : Long.parseLong(head.substring(at + field.length(), head.indexOf('\r', at + 2)));
  }

  private static byte[][] chunks() {
    byte[][] chunks = new byte[Payloads.CHUNKS][];
    for (int i = 0; i < chunks.length; i++) {
      String event = new String(Payloads.chunk(i), ISO_8859_1);
      String end = i == chunks.length - 1 ? "0\r\n\r\n" : "";
      String framed = Integer.toHexString(event.length()) + "\r\n" + event + "\r\n" + end;
      chunks[i] = framed.getBytes(ISO_8859_1);
    }
    return chunks;
  }
}
