package io.traceforge.okhttp.contract;

import java.io.IOException;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import okhttp3.internal.http2.Header;
import okhttp3.internal.http2.Hpack;
import okio.Buffer;
import okio.BufferedSink;
import okio.BufferedSource;
import okio.Okio;

/** One connection of an {@link Http2Server}: keeps up with the protocol's own frames. */
final class Http2ServerConnection {
  static final int DATA = 0;
  static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int ACK = 1;
  private static final int FIRST_WINDOW = 65_535;
  private static final int WINDOW_SETTING = 4;
  private static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

  final Gate gate;
  private final Gate answered = new Gate();
  private final Socket socket;
  private final Http2Server.Script script;
  private final BufferedSource in;
  private final BufferedSink out;
  private final Buffer headerBlock = new Buffer();
  private final Hpack.Reader headerReader = new Hpack.Reader(headerBlock, 4096);
  private final Map<Integer, Http2ServerStream> streams = new TreeMap<>();
  private final Http2Window window = new Http2Window(FIRST_WINDOW);
  private int streamWindow = FIRST_WINDOW; // the receiver's
  private final Thread receiver;
  private volatile boolean tornDown;

  Http2ServerConnection(Socket socket, Gate gate, Http2Server.Script script) throws IOException {
    this.socket = socket;
    socket.setTcpNoDelay(true);
    this.gate = gate;
    this.script = script;
    this.in = Okio.buffer(Okio.source(socket));
    this.out = Okio.buffer(Okio.sink(socket));
    this.receiver = start(this::receive);
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "http2-connection");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void receive() {
    try {
      in.skip(PREFACE.length());
      send(SETTINGS, 0, 0, new Buffer());
      while (true) {
        receiveFrame();
      }
    } catch (IOException clientWentAway) {
      // what the client sees is in its own journal
    }
  }

  private void receiveFrame() throws IOException {
    int length = ((in.readByte() & 0xff) << 16) | (in.readShort() & 0xffff);
    int type = in.readByte();
    int flags = in.readByte();
    int id = in.readInt();
    Buffer payload = new Buffer();
    in.readFully(payload, length);
    boolean ends = (flags & END_STREAM) != 0;
    switch (type) {
      case HEADERS -> begin(id, payload, ends);
      case DATA -> receiveData(id, payload, ends);
      case RST_STREAM -> receiveReset(id, payload.readInt());
      case SETTINGS -> receiveSettings(flags, payload);
      case WINDOW_UPDATE -> receiveRoom(id, payload.readInt());
      case PING -> receivePing(flags, payload);
      default -> {}
    }
  }

  /** They come before the first stream. */
  private void receiveSettings(int flags, Buffer payload) throws IOException {
    while (!payload.exhausted()) {
      int setting = payload.readShort();
      int value = payload.readInt();
      streamWindow = setting == WINDOW_SETTING ? value : streamWindow;
    }
    acknowledge(SETTINGS, flags, new Buffer());
  }

  private void receiveRoom(int id, int size) throws IOException {
    Http2Window grown = id == 0 ? window : stream(id).window;
    grown.grow(size);
  }

  /** Whether the client gives up its streams before it hangs up as well is left to its threads. */
  private void receiveReset(int id, int error) throws IOException {
    if (!tornDown) {
      stream(id).reset(error);
    }
  }

  private void receivePing(int flags, Buffer payload) throws IOException {
    acknowledge(PING, flags, payload);
    if ((flags & ACK) != 0) {
      answered.open();
    }
  }

  /** Waits until the client has taken all that was sent to it. */
  void awaitTaken() throws IOException {
    send(PING, 0, 0, new Buffer().writeLong(1));
    answered.await();
  }

  private void acknowledge(int type, int flags, Buffer payload) throws IOException {
    if ((flags & ACK) == 0) {
      send(type, ACK, 0, payload);
    }
  }

  private void begin(int id, Buffer payload, boolean ends) throws IOException {
    headerBlock.writeAll(payload);
    headerReader.readHeaders();
    Http2ServerStream stream =
        new Http2ServerStream(
            this, id, headerReader.getAndResetHeaderList(), new Http2Window(streamWindow));
    synchronized (this) {
      streams.put(id, stream);
    }
    if (ends) {
      stream.received(new Buffer(), true);
    }
    start(() -> answer(stream));
  }

  private void answer(Http2ServerStream stream) {
    try {
      script.answer(stream);
    } catch (Exception clientWentAway) {
      // what the client sees is in its own journal
    }
  }

  private void receiveData(int id, Buffer payload, boolean ends) throws IOException {
    long size = payload.size();
    Http2ServerStream stream = stream(id);
    if (size > 0) {
      send(WINDOW_UPDATE, 0, 0, new Buffer().writeInt((int) size));
    }
    if (size > 0 && stream.isGivenRoom()) {
      send(WINDOW_UPDATE, 0, id, new Buffer().writeInt((int) size));
    }
    stream.received(payload, ends);
  }

  private synchronized Http2ServerStream stream(int id) throws IOException {
    Http2ServerStream stream = streams.get(id);
    if (stream == null) {
      throw new IOException("no stream " + id);
    }
    return stream;
  }

  void sendHeaders(int id, boolean ends, List<Header> headers) throws IOException {
    Buffer block = new Buffer();
    // A writer of its own each time: nothing is in the table that the client would have to know.
    new Hpack.Writer(0, false, block).writeHeaders(headers);
    send(HEADERS, END_HEADERS | (ends ? END_STREAM : 0), id, block);
  }

  void sendData(int id, boolean ends, Buffer data) throws IOException, InterruptedException {
    window.take(data.size());
    send(DATA, ends ? END_STREAM : 0, id, data);
  }

  synchronized void send(int type, int flags, int id, Buffer payload) throws IOException {
    out.writeByte((int) (payload.size() >> 16)).writeShort((int) payload.size() & 0xffff);
    out.writeByte(type).writeByte(flags).writeInt(id);
    out.writeAll(payload);
    out.flush();
  }

  /** Says that it is about to leave, and which stream is the last that it has looked at. */
  void goAway(int lastStream) throws IOException {
    send(GOAWAY, 0, 0, new Buffer().writeInt(lastStream).writeInt(0));
  }

  /** Hangs up, so that the client finds the end of what was sent. */
  void hangUp() throws IOException {
    tornDown = true;
    socket.shutdownOutput();
  }

  /** Breaks the connection, so that the client's next reading fails. */
  /** Not before the client has nothing more to say: a write that fails has a name of its own. */
  void tearDown() throws IOException {
    awaitTaken();
    tornDown = true;
    socket.setSoLinger(true, 0);
    socket.close();
  }

  void close() throws IOException {
    socket.close();
  }

  /** Waits until the client has hung up. */
  void awaitClient(long deadlineMillis) throws InterruptedException {
    receiver.join(deadlineMillis);
  }

  /** Returns what each stream has received. */
  synchronized List<String> seen() {
    return streams.values().stream().flatMap(stream -> stream.seen().stream()).toList();
  }
}
