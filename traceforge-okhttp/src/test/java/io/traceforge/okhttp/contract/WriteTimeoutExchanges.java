package io.traceforge.okhttp.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.traceforge.trace.TraceBody;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import okio.BufferedSink;

/** Requests that the server does not take: the client waits until it may not wait any longer. */
final class WriteTimeoutExchanges {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final byte[] PIECE = new byte[64 << 10];

  /** More than the system keeps between two sockets. */
  private static final int PIECES = 1_000;

  private WriteTimeoutExchanges() {}

  static List<Exchange> all() {
    return List.of(http1(), http2());
  }

  /** Whoever expects to be told to go on sends his body when the server has read all it will. */
  private static Exchange http1() {
    return Exchange.of(
            "write timeout",
            server -> {
              server.send("HTTP/1.1 100 Continue\r\n\r\n");
              server.gate.await();
              throw new IOException("the rest is not read");
            })
        .client((client, run) -> client.writeTimeout(SHORT))
        .calls(
            caller -> {
              caller.fetch(
                  caller
                      .post("/", TestBody.of(caller.journal, WriteTimeoutExchanges::write))
                      .header("Expect", "100-continue"));
              caller.gate.open();
            })
        .records(timedOut());
  }

  private static Exchange http2() {
    return Http2Exchanges.exchange("write timeout", stream -> {})
        .client(
            (client, run) -> {
              Http2Exchanges.priorKnowledge(client);
              client.writeTimeout(SHORT);
            })
        .calls(
            caller ->
                caller.fetch(
                    caller.post(
                        Http2ServerStream.NO_ROOM,
                        TestBody.of(caller.journal, WriteTimeoutExchanges::write))))
        .records(timedOut());
  }

  private static Recorded timedOut() {
    return Recorded.error(SocketTimeoutException.class)
        .noResponse()
        .sent(WriteTimeoutExchanges::begun);
  }

  /** How much the system has taken before it took no more is not ours to know. */
  private static void begun(TraceBody body) {
    assertThat(body).isNotNull();
    assertThat(body.size()).isBetween(1L, (long) PIECES * PIECE.length - 1);
  }

  private static void write(BufferedSink sink) throws IOException {
    for (int piece = 0; piece < PIECES; piece++) {
      sink.write(PIECE);
    }
  }
}
