package io.traceforge.okhttp.contract;

import java.io.IOException;
import java.util.List;
import okio.Buffer;
import okio.BufferedSink;

/** Bodies far larger than what is kept of them, and than any window of HTTP/2. */
final class LargeExchanges {
  private static final int PIECES = 2_000;
  private static final int PIECE = 10_000;
  private static final long SIZE = 20_000_000;

  private LargeExchanges() {}

  static List<Exchange> all() {
    return List.of(
        Http2Exchanges.exchange("20 MB each way", LargeExchanges::answer)
            .calls(
                caller ->
                    caller.fetch(
                        caller.post("/", TestBody.of(caller.journal, LargeExchanges::write))))
            .records(
                Recorded.success().sent(Recorded.truncated(SIZE)).got(Recorded.truncated(SIZE))));
  }

  private static void answer(Http2ServerStream stream) throws Exception {
    Http2Exchanges.head(stream);
    Buffer body = new Buffer();
    write(body);
    stream.data(body, true);
  }

  /** No piece is as another, so that none may be lost, doubled or in another's place. */
  private static void write(BufferedSink sink) throws IOException {
    byte[] piece = new byte[PIECE];
    for (int number = 0; number < PIECES; number++) {
      piece[0] = (byte) number;
      piece[PIECE - 1] = (byte) (number >> 8);
      sink.write(piece);
    }
  }
}
