package io.traceforge.benchmarks;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
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
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream(), 16_384);
      OutputStream out = socket.getOutputStream();
      for (String head = head(in); !head.isEmpty(); head = head(in)) {
        in.skipNBytes(contentLength(head));
        answer(head, out);
      }
    } catch (IOException gone) {
      return; // the client has closed
    }
  }

  private static void answer(String head, OutputStream out) throws IOException {
    if (!head.startsWith("POST /stream")) {
      out.write(ANSWER);
      return;
    }
    long pauseNanos = Long.parseLong(head.substring(head.indexOf('=') + 1, head.indexOf(" HTTP")));
    out.write(STREAM_HEAD);
    for (byte[] chunk : CHUNKS) {
      if (pauseNanos > 0) {
        LockSupport.parkNanos(pauseNanos);
      }
      out.write(chunk);
    }
  }

  /** Returns a request's line and header fields, or nothing at the connection's end. */
  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder(512);
    for (int read = in.read(); read >= 0; read = in.read()) {
      head.append((char) read);
      if (read == '\n' && head.length() >= 4 && head.charAt(head.length() - 3) == '\n') {
        return head.toString();
      }
    }
    return "";
  }

  private static long contentLength(String head) {
    String field = "\r\ncontent-length: ";
    int at = head.toLowerCase(Locale.ROOT).indexOf(field);
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
