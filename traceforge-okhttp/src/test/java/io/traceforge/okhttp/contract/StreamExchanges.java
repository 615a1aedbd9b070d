package io.traceforge.okhttp.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.Buffer;

/** Answers that come piece by piece: each piece is with the caller before the next is sent. */
final class StreamExchanges {
  static final String SSE = "text/event-stream";
  static final List<String> EVENTS =
      List.of("data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "data: [DONE]\n\n");
  private static final List<String> LINES = List.of("{\"n\":1}\n", "{\"n\":", "2}\n");
  private static final int LARGE = 20_000_000;
  private static final int MANY = 300_000;

  private StreamExchanges() {}

  static List<Exchange> all() {
    Http1Server.Script events = server -> sendGated(server, SSE, EVENTS);
    return List.of(
        gated(Exchange.of("SSE", events)),
        gated(Exchange.with("SSE over TLS", Http1Server.answeringOverTls(events))),
        gated(Exchange.of("SSE of known length", StreamExchanges::sendKnownLength)),
        gated(Exchange.of("SSE until the connection's end", StreamExchanges::sendUntilTheEnd)),
        Exchange.of("SSE enqueued", events)
            .calls(caller -> caller.enqueue(caller.get("/").build(), caller::readGated))
            .records(Recorded.success().got(String.join("", EVENTS))),
        Exchange.of("NDJSON", server -> sendGated(server, "application/x-ndjson", LINES))
            .calls(caller -> caller.open(caller.get("/").build(), caller::readGated))
            .records(Recorded.success().got(String.join("", LINES))),
        gzipped(),
        trailers(),
        otherThread(),
        manyChunks(),
        large());
  }

  private static Exchange gated(Exchange exchange) {
    return exchange
        .calls(caller -> caller.open(caller.get("/stream").build(), caller::readGated))
        .records(Recorded.success().got(String.join("", EVENTS)));
  }

  static void streamHead(Http1Connection server, String type) throws IOException {
    server.head("200 OK", "Content-Type: " + type, "Transfer-Encoding: chunked");
  }

  private static void sendGated(Http1Connection server, String type, List<String> pieces)
      throws Exception {
    streamHead(server, type);
    for (String piece : pieces) {
      server.chunk(piece);
      server.gate.await();
    }
    server.endChunks();
  }

  private static void sendKnownLength(Http1Connection server) throws IOException {
    int length = String.join("", EVENTS).length();
    server.head("200 OK", "Content-Type: " + SSE, "Content-Length: " + length);
    sendEvents(server);
  }

  private static void sendUntilTheEnd(Http1Connection server) throws IOException {
    server.head("200 OK", "Content-Type: " + SSE, "Connection: close");
    sendEvents(server);
    server.hangUp();
  }

  private static void sendEvents(Http1Connection server) throws IOException {
    for (String event : EVENTS) {
      server.send(event);
      server.gate.await();
    }
  }

  /** One gzip member after the other, so that each can be read when it comes. */
  private static Exchange gzipped() {
    return Exchange.of(
            "SSE in gzip, flushed once",
            server -> {
              server.head(
                  "200 OK",
                  "Content-Type: " + SSE,
                  "Content-Encoding: gzip",
                  "Transfer-Encoding: chunked");
              byte[] zipped = PlainExchanges.zipped(EVENTS.get(0));
              server.send(Integer.toHexString(zipped.length) + "\r\n");
              server.send(zipped);
              server.send("\r\n");
              server.gate.await();
              server.endChunks();
            })
        .calls(caller -> caller.open(caller.get("/").build(), caller::readGated))
        .records(Recorded.success().got(EVENTS.get(0)));
  }

  private static Exchange trailers() {
    return Exchange.of(
            "trailers",
            server -> {
              server.head("200 OK", "Transfer-Encoding: chunked", "Trailer: Checksum");
              server.chunk("body");
              server.send("0\r\nChecksum: 42\r\n\r\n");
            })
        .calls(
            caller ->
                caller.open(
                    caller.get("/").build(),
                    response -> {
                      caller.readAll(response);
                      caller.noteTrailers(response);
                    }))
        .records(Recorded.success().got("body"));
  }

  private static Exchange otherThread() {
    return Exchange.of("read on another thread", server -> sendGated(server, SSE, EVENTS))
        .calls(
            caller ->
                caller.open(
                    caller.get("/").build(),
                    response -> caller.onAnotherThread(() -> caller.readGated(response))))
        .records(Recorded.success().got(String.join("", EVENTS)));
  }

  private static Exchange manyChunks() {
    byte[] chunks = "1\r\nx\r\n".repeat(MANY).getBytes(UTF_8);
    return Exchange.of(
            MANY + " chunks of one byte",
            server -> {
              streamHead(server, "text/plain");
              server.send(chunks);
              server.endChunks();
            })
        .calls(caller -> caller.open(caller.get("/").build(), response -> count(caller, response)))
        .records(Recorded.success().got("x".repeat(MANY)));
  }

  private static void count(Caller caller, okhttp3.Response response) throws IOException {
    Buffer piece = new Buffer();
    int reads = 0;
    while (Caller.source(response).read(piece, 8192) >= 0) {
      reads++;
    }
    caller.journal.note(reads + " reads of " + piece.size() + " bytes");
  }

  private static Exchange large() {
    byte[] bytes = new byte[LARGE];
    new java.util.Random(1).nextBytes(bytes);
    return Exchange.of(
            LARGE + " bytes each way",
            server -> {
              server.head("200 OK", "Content-Length: " + LARGE);
              server.send(bytes);
            })
        .calls(
            caller ->
                caller.fetch(
                    caller.post(
                        "/", RequestBody.create(bytes, MediaType.get("application/octet-stream")))))
        .records(Recorded.success().sent(Recorded.truncated(LARGE)).got(Recorded.truncated(LARGE)));
  }
}
