package io.traceforge.okhttp.contract;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import okio.ByteString;

/** One connection of an {@link Http1Server}: reads requests as they come, sends what it is told. */
final class Http1Connection {
  final Gate gate;

  /** Counts the server's connections, from 1. */
  final int number;

  private Socket socket;
  private final Journal journal;
  private InputStream in;
  private OutputStream out;
  private String requestLine = "";
  private List<String> headers = List.of();
  private int count;

  Http1Connection(Socket socket, int number, Journal journal, Gate gate) throws IOException {
    socket.setTcpNoDelay(true);
    this.number = number;
    this.journal = journal;
    this.gate = gate;
    speakOver(socket);
  }

  private void speakOver(Socket made) throws IOException {
    socket = made;
    in = new BufferedInputStream(socket.getInputStream());
    out = socket.getOutputStream();
  }

  /** Begins TLS, as the host that the client wants to reach. */
  void becomeSecure() throws IOException {
    SSLSocket layer =
        (SSLSocket)
            Certificates.serverSocketLayer().createSocket(socket, null, socket.getPort(), true);
    layer.setUseClientMode(false);
    speakOver(layer);
  }

  /** Returns whether another request has come. */
  boolean readHead() throws IOException {
    requestLine = readLine();
    if (requestLine.isEmpty()) {
      return false;
    }
    headers = new ArrayList<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      headers.add(line);
    }
    count++;
    journal.note(requestLine);
    journal.note("  " + headers.stream().filter(line -> !Describe.isOurs(line)).toList());
    return true;
  }

  int port() {
    return socket.getLocalPort();
  }

  boolean isTunnelRequest() {
    return requestLine.startsWith("CONNECT ");
  }

  boolean isToldTheSession() {
    return headers.stream().anyMatch(Describe::isOurs);
  }

  String path() {
    return requestLine.split(" ", 3)[1];
  }

  /** Returns the number of requests on this connection so far. */
  int count() {
    return count;
  }

  boolean has(String header) {
    return headers.stream().anyMatch(line -> line.equalsIgnoreCase(header));
  }

  boolean expectsContinue() {
    return has("Expect: 100-continue");
  }

  /** Reads the request's body and notes how it was sent. */
  void readBody() throws IOException {
    try {
      if (has("Transfer-Encoding: chunked")) {
        readChunks();
      } else if (contentLength() > 0) {
        ByteString body = ByteString.of(readExactly(contentLength()));
        journal.note("  body at once: " + Describe.bytes(body));
      }
    } catch (IOException clientWentAway) {
      journal.note("  body broken off");
      throw clientWentAway;
    }
  }

  private long contentLength() {
    return headers.stream()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
        .mapToLong(line -> Long.parseLong(line.substring(15).trim()))
        .findFirst()
        .orElse(0);
  }

  private void readChunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    List<Integer> sizes = new ArrayList<>();
    int size;
    do {
      size = Integer.parseInt(readLine(), 16);
      sizes.add(size);
      body.write(readExactly(size));
      readLine();
      if (has("X-Gated: yes")) {
        gate.open();
      }
    } while (size > 0);
    journal.note("  body in chunks of " + sizes);
    journal.note("  body: " + Describe.bytes(ByteString.of(body.toByteArray())));
  }

  byte[] readExactly(long length) throws IOException {
    byte[] bytes = in.readNBytes((int) length);
    if (bytes.length < length) {
      throw new EOFException();
    }
    return bytes;
  }

  /** Returns the next line, or an empty one at the end. */
  private String readLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
      line.write(next);
    }
    return line.toString(ISO_8859_1).strip();
  }

  void send(String text) throws IOException {
    send(text.getBytes(UTF_8));
  }

  void send(byte[] bytes) throws IOException {
    out.write(bytes);
    out.flush();
  }

  /** Sends a status line and headers. */
  void head(String status, String... headerLines) throws IOException {
    send(headText(status, List.of(headerLines)));
  }

  private static String headText(String status, List<String> headerLines) {
    StringBuilder head = new StringBuilder("HTTP/1.1 ").append(status).append("\r\n");
    headerLines.forEach(line -> head.append(line).append("\r\n"));
    return head.append("\r\n").toString();
  }

  /** Sends a whole answer of known length, at once. */
  void answer(String status, String body, String... headerLines) throws IOException {
    List<String> lines = new ArrayList<>(List.of(headerLines));
    lines.add("Content-Length: " + body.getBytes(UTF_8).length);
    send(headText(status, lines) + body);
  }

  void chunk(String text) throws IOException {
    send(Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n");
  }

  void endChunks() throws IOException {
    send("0\r\n\r\n");
  }

  /** Hangs up, so that the client finds the end of what was sent. */
  void hangUp() throws IOException {
    socket.shutdownOutput();
  }

  /** Waits until the client hangs up, or sends more. */
  void awaitClient() throws IOException {
    in.mark(1);
    in.read();
    in.reset();
  }
}
