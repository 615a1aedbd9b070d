package io.traceforge.okhttp.contract;

import static io.traceforge.okhttp.contract.Http2Exchanges.exchange;
import static io.traceforge.okhttp.contract.PlainExchanges.QUESTION;

import java.net.SocketException;
import java.util.List;
import okhttp3.internal.http2.StreamResetException;

/** HTTP/2 connections that end, with the calls on them, while a body is read. */
final class Http2TeardownExchanges {
  private static final String FIRST = "data: 1\n\n";
  private static final String SECOND = "data: 2\n\n";

  private Http2TeardownExchanges() {}

  static List<Exchange> all() {
    return List.of(
        inTheBody("hung up in the body", Http2ServerStream::hangUp)
            .records(failure(StreamResetException.class).got(FIRST)),
        inTheBody("a connection broken in the body", Http2ServerStream::tearDown)
            .records(failure(SocketException.class).got(FIRST)),
        inTheBody("GOAWAY in the body", Http2TeardownExchanges::leaveInOrder)
            .records(Recorded.success().sent(QUESTION).got(FIRST + SECOND)),
        inTheBody("GOAWAY in the body and hung up", Http2TeardownExchanges::leaveInHaste)
            .records(failure(StreamResetException.class).got(FIRST + SECOND)),
        inTheBody("GOAWAY without the stream", Http2ServerStream::goAwayWithoutThis)
            .records(failure(StreamResetException.class).got(FIRST)));
  }

  private static Recorded failure(Class<? extends Throwable> type) {
    return Recorded.error(type).sent(QUESTION);
  }

  /** The end begins only when the caller has read the first event. */
  private static Exchange inTheBody(String name, Http2Server.Script end) {
    return exchange(
            name,
            stream -> {
              Http2Exchanges.head(stream);
              stream.data(FIRST, false);
              stream.gate.await();
              end.answer(stream);
            })
        .calls(caller -> caller.open(caller.post("/", QUESTION).build(), caller::readGated));
  }

  private static void leaveInOrder(Http2ServerStream stream) throws Exception {
    stream.goAway();
    stream.data(SECOND, false);
    stream.gate.await();
    stream.data("", true);
  }

  private static void leaveInHaste(Http2ServerStream stream) throws Exception {
    stream.goAway();
    stream.data(SECOND, false);
    stream.gate.await();
    stream.hangUp();
  }
}
