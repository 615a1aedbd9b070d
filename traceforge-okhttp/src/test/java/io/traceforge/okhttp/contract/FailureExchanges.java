package io.traceforge.okhttp.contract;

import static io.traceforge.okhttp.contract.PlainExchanges.ANSWER;
import static io.traceforge.okhttp.contract.PlainExchanges.QUESTION;

import java.io.EOFException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLHandshakeException;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/** Calls that the server, the network or time brings to an end. */
final class FailureExchanges {
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final Duration LONGER = Duration.ofSeconds(1);

  private FailureExchanges() {}

  static List<Exchange> all() {
    return List.of(
        broken("hung up before the headers", Http1Connection::hangUp, IOException.class),
        broken("no HTTP at all", FailureExchanges::nonsense, ProtocolException.class),
        cut("hung up in a body of known length", "Content-Length: 100", ProtocolException.class),
        cut("hung up in chunks", "Transfer-Encoding: chunked", EOFException.class),
        cut("broken chunks", "Transfer-Encoding: chunked", ProtocolException.class),
        slow("read timeout before the headers", c -> c.readTimeout(SHORT))
            .records(Recorded.error(SocketTimeoutException.class).noResponse().sent(QUESTION)),
        cancelling(slow("call timeout before the headers", client -> client.callTimeout(SHORT)))
            .records(Recorded.error(InterruptedIOException.class).noResponse().sent(QUESTION)),
        slowBody("read timeout in the body", client -> client.readTimeout(SHORT))
            .records(Recorded.error(SocketTimeoutException.class).sent(QUESTION).got("first")),
        cancelling(slowBody("call timeout in the body", client -> client.callTimeout(SHORT)))
            .records(Recorded.error(InterruptedIOException.class).sent(QUESTION).got("first")),
        cancelling(slowBody("call timeout in the body of a late call", FailureExchanges::holdUp))
            .records(Recorded.error(InterruptedIOException.class).sent(QUESTION).got("first")),
        distrusted());
  }

  /** An interceptor that is alone hears of the call when most of its time has passed. */
  private static void holdUp(OkHttpClient.Builder client) {
    client.callTimeout(LONGER);
    client.addInterceptor(
        chain -> {
          long begun = System.nanoTime();
          while (System.nanoTime() - begun < LONGER.toNanos() / 2) {
            LockSupport.parkNanos(LONGER.toNanos() / 2);
          }
          return chain.proceed(chain.request());
        });
  }

  private static void nonsense(Http1Connection server) throws IOException {
    server.send("nonsense\r\n\r\n");
    server.hangUp();
  }

  private static Exchange broken(
      String name, Http1Server.Script answer, Class<? extends Throwable> error) {
    return Exchange.of(name, answer)
        .calls(caller -> caller.fetch(caller.post("/", QUESTION)))
        .records(Recorded.error(error).noResponse().sent(QUESTION));
  }

  private static Exchange cut(String name, String framing, Class<? extends Throwable> error) {
    boolean chunked = framing.endsWith("chunked");
    return Exchange.of(
            name,
            server -> {
              server.head("200 OK", "Content-Type: application/json", framing);
              server.send(chunked ? "5\r\nfirst\r\n" : "first");
              server.gate.await();
              server.send(name.startsWith("broken") ? "zz\r\n" : "");
              server.hangUp();
            })
        .calls(caller -> caller.open(caller.post("/", QUESTION).build(), caller::readGated))
        .records(Recorded.error(error).sent(QUESTION).got("first"));
  }

  interface Limit {
    void on(OkHttpClient.Builder client);
  }

  private static Exchange slow(String name, Limit limit) {
    return Exchange.of(name, Http1Connection::awaitClient)
        .client((client, run) -> limit.on(client))
        .calls(caller -> caller.fetch(caller.post("/", QUESTION)));
  }

  private static Exchange slowBody(String name, Limit limit) {
    return Exchange.of(
            name,
            server -> {
              StreamExchanges.streamHead(server, "text/plain");
              server.chunk("first");
              server.awaitClient();
            })
        .client((client, run) -> limit.on(client))
        .calls(caller -> caller.open(caller.post("/", QUESTION).build(), caller::readGated));
  }

  /** The clock's thread tells the listener when the call has failed already. */
  private static Exchange cancelling(Exchange exchange) {
    Exchange.Script script = exchange.script;
    return exchange.calls(
        caller -> {
          script.run(caller);
          caller.listener.awaitCancelled();
        });
  }

  private static Exchange distrusted() {
    HeldCertificate another = new HeldCertificate.Builder().build();
    HandshakeCertificates others =
        new HandshakeCertificates.Builder().addTrustedCertificate(another.certificate()).build();
    return Exchange.with(
            "a certificate that is not trusted",
            Http1Server.answeringOverTls(server -> server.answer("200 OK", ANSWER)))
        .client(
            (client, run) ->
                client.sslSocketFactory(others.sslSocketFactory(), others.trustManager()))
        .calls(caller -> caller.fetch(caller.post("/", QUESTION)))
        .records(Recorded.error(SSLHandshakeException.class).noResponse())
        .notFollowedUp();
  }
}
