package io.traceforge.embedded;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A provider on loopback for any number of connections at once. The first part of the path says how
 * it answers: {@code /json/…} with one answer, {@code /events/N/…} with a stream of N events of
 * about 1 KB, {@code /stall/…} with a stream that never goes on, {@code /hang/…} not at all.
 */
final class Provider implements Closeable {
  static final String CHAT = "chat/completions";
  static final String ANSWER =
      "{\"model\":\"gpt-4o\",\"usage\":{\"total_tokens\":7},\"choices\":[{\"index\":0,"
          + "\"message\":{\"role\":\"assistant\",\"content\":\"Paris\"},\"finish_reason\":\"stop\"}]}";
  private static final String EVENT =
      "data: {\"model\":\"gpt-4o\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
          + "x".repeat(920)
          + "\"}}]}\n\n";
  private static final byte[] EVENT_CHUNK = chunk(EVENT).getBytes(StandardCharsets.US_ASCII);
  private static final String DONE = "data: [DONE]\n\n";

  private final ServerSocket server = new ServerSocket(0, 1_000, InetAddress.getLoopbackAddress());
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();

  Provider() throws IOException {
    start("provider", this::accept);
  }

  String url(String kind) {
    return "http://127.0.0.1:" + server.getLocalPort() + "/" + kind + "/" + CHAT;
  }

  /** Returns how many bytes a stream of so many events has. */
  static long bytesOf(int events) {
    return (long) events * EVENT.length() + DONE.length();
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(null, work, name, 128 << 10);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = server.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        start("provider-connection", () -> serve(socket));
      }
    } catch (IOException closed) {
      return;
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 4096);
      for (String path = readRequest(in); !path.isEmpty(); path = readRequest(in)) {
        if (!answer(path.split("/", -1), out)) {
          in.read(); // until the client goes
        }
      }
    } catch (IOException clientIsGone) {
      return;
    } finally {
      open.remove(socket);
    }
  }

  private static boolean answer(String[] path, OutputStream out) throws IOException {
    switch (path[1]) {
      case "json" ->
          write(out, head("application/json", "Content-Length: " + ANSWER.length()), ANSWER);
      case "events" -> stream(out, Integer.parseInt(path[2]), chunk(DONE) + chunk(""));
      case "stall" -> stream(out, 3, "");
      default -> {
        return false;
      }
    }
    out.flush();
    return !path[1].equals("stall");
  }

  private static void stream(OutputStream out, int events, String end) throws IOException {
    write(out, head("text/event-stream", "Transfer-Encoding: chunked"));
    for (int i = 0; i < events; i++) {
      out.write(EVENT_CHUNK);
    }
    write(out, end);
  }

  private static String head(String type, String framing) {
    return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\n" + framing + "\r\n\r\n";
  }

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static void write(OutputStream out, String... texts) throws IOException {
    for (String text : texts) {
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
  }

  /** Returns the path, or an empty one if there are no more requests. */
  private static String readRequest(InputStream in) throws IOException {
    String first = readLine(in);
    long length = 0;
    for (String line = readLine(in); !line.isEmpty(); line = readLine(in)) {
      String field = line.toLowerCase(Locale.ROOT);
      if (field.startsWith("content-length:")) {
        length = Long.parseLong(field.substring(field.indexOf(':') + 1).trim());
      }
    }
    in.skipNBytes(length);
    return first.isEmpty() ? "" : first.split(" ", -1)[1];
  }

  private static String readLine(InputStream in) throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
      if (c != '\r') {
        line.append((char) c);
      }
    }
    return line.toString();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (Socket socket : open) {
      socket.close();
    }
  }
}
