package io.traceforge.okhttp.contract;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import okhttp3.internal.http2.Header;
import okio.Buffer;

/** One stream of an {@link Http2ServerConnection}: a request, and its answer frame by frame. */
final class Http2ServerStream {
  /** A request to this path may send what the first window lets through, and no more. */
  static final String NO_ROOM = "/no-room";

  private static final int LARGEST_FRAME = 16_384;
  private static final int FRAMES_SHOWN = 10;

  final Gate gate;
  final Http2Window window;
  private final Http2ServerConnection connection;
  private final int id;
  private final List<Header> headers;
  private final Buffer body = new Buffer();
  private final List<Long> frames = new ArrayList<>();
  private boolean ended;
  private String reset = "";

  Http2ServerStream(
      Http2ServerConnection connection, int id, List<Header> headers, Http2Window window) {
    this.connection = connection;
    this.gate = connection.gate;
    this.id = id;
    this.headers = headers;
    this.window = window;
  }

  String path() {
    return headers.stream()
        .filter(header -> header.name.utf8().equals(Header.TARGET_PATH_UTF8))
        .map(header -> header.value.utf8())
        .findFirst()
        .orElse("");
  }

  boolean isGivenRoom() {
    return !path().equals(NO_ROOM);
  }

  synchronized void received(Buffer data, boolean ends) throws IOException {
    frames.add(data.size());
    body.writeAll(data);
    ended |= ends;
    notifyAll();
  }

  /** A client without room waits in vain, and then leaves with or without giving the stream up. */
  synchronized void reset(int error) {
    if (isGivenRoom()) {
      reset = "reset with error " + error;
    }
    notifyAll();
  }

  /** Waits until the request has come whole, or was given up. */
  synchronized void awaitRequest() throws InterruptedException {
    while (!ended && reset.isEmpty()) {
      wait(10_000);
    }
  }

  /** Waits until as much of the request's body has come. */
  synchronized void awaitBody(String text) throws InterruptedException {
    while (!body.snapshot().utf8().equals(text)) {
      wait(10_000);
    }
  }

  /** Waits until the client gives the stream up. */
  synchronized void awaitReset() throws InterruptedException {
    while (reset.isEmpty()) {
      wait(10_000);
    }
  }

  /** Sends names and values in turn. */
  void headers(boolean ends, String... namesAndValues) throws IOException {
    List<Header> list = new ArrayList<>();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      list.add(new Header(namesAndValues[i], namesAndValues[i + 1]));
    }
    connection.sendHeaders(id, ends, list);
  }

  void data(String text, boolean ends) throws IOException, InterruptedException {
    data(new Buffer().writeUtf8(text), ends);
  }

  void data(Buffer data, boolean ends) throws IOException, InterruptedException {
    while (data.size() > LARGEST_FRAME) {
      Buffer part = new Buffer();
      part.write(data, LARGEST_FRAME);
      send(part, false);
    }
    send(data, ends);
  }

  private void send(Buffer frame, boolean ends) throws IOException, InterruptedException {
    window.take(frame.size());
    connection.sendData(id, ends, frame);
  }

  /** Waits until the client has taken all that was sent to it. */
  void awaitTaken() throws IOException {
    connection.awaitTaken();
  }

  /** Gives the stream up. */
  void giveUp(int error) throws IOException {
    connection.send(Http2ServerConnection.RST_STREAM, 0, id, new Buffer().writeInt(error));
  }

  /** Has the server leave, after this stream. */
  void goAway() throws IOException {
    connection.goAway(id);
  }

  /** Has the server leave, and says that it has not looked at this stream. */
  void goAwayWithoutThis() throws IOException {
    connection.goAway(id - 2);
  }

  /** Hangs up the whole connection. */
  void hangUp() throws IOException {
    connection.hangUp();
  }

  /** Breaks the whole connection. */
  void tearDown() throws IOException {
    connection.tearDown();
  }

  /** How many there are of a large body is up to when the client gets to know of more room. */
  private String frames() {
    return frames.size() > FRAMES_SHOWN ? "many" : frames.toString();
  }

  synchronized List<String> seen() {
    List<String> shown =
        headers.stream()
            .filter(header -> !Describe.isOurs(header.name.utf8()))
            .map(header -> header.name.utf8() + "=" + header.value.utf8())
            .toList();
    return List.of(
        "stream " + id + ": " + shown,
        "stream " + id + " frames " + frames() + ", ended " + ended + " " + reset,
        "stream " + id + " body: " + Describe.bytes(body.snapshot()));
  }
}
