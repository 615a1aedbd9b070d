package io.traceforge.okhttp.contract;

import java.util.List;

/** Answers that come piece by piece: each piece is with the caller before the next is sent. */
final class StreamExchanges {
  static final List<String> EVENTS =
      List.of("data: {\"n\":1}\n\n", "data: {\"n\":2}\n\n", "data: [DONE]\n\n");

  private StreamExchanges() {}

  static List<Exchange> all() {
    return List.of(gated("SSE", "text/event-stream", EVENTS));
  }

  private static Exchange gated(String name, String type, List<String> pieces) {
    return Exchange.of(name, server -> sendGated(server, type, pieces))
        .calls(caller -> caller.open(caller.get("/stream").build(), caller::readGated))
        .records(Recorded.success().got(String.join("", pieces)));
  }

  private static void sendGated(Http1Connection server, String type, List<String> pieces)
      throws Exception {
    server.head("200 OK", "Content-Type: " + type, "Transfer-Encoding: chunked");
    for (String piece : pieces) {
      server.chunk(piece);
      server.gate.await();
    }
    server.endChunks();
  }
}
