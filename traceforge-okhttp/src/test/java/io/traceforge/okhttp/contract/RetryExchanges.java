package io.traceforge.okhttp.contract;

import static io.traceforge.okhttp.contract.PlainExchanges.QUESTION;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import okhttp3.Credentials;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Calls that OkHttp sends more than once. */
final class RetryExchanges {
  private RetryExchanges() {}

  static List<Exchange> all() {
    return List.of(
        again("408", "408 Request Timeout", 200),
        again("503 to be retried at once", "503 Unavailable", 200, "Retry-After: 0"),
        again("503 to be retried later", "503 Unavailable", 503, "Retry-After: 9"),
        again("421", "421 Misdirected Request", 421),
        again("401 with an authenticator", "401 Who", 200, "WWW-Authenticate: Basic realm=\"r\"")
            .client((client, run) -> client.authenticator((route, r) -> authenticate(run, r))),
        again("401 without one", "401 Who", 401, "WWW-Authenticate: Basic realm=\"r\""),
        stale("a pooled connection that is gone", caller -> caller.post("/two", QUESTION))
            .records(Recorded.success().got("ok"), Recorded.success().sent(QUESTION).got("ok")),
        stale(
                "a pooled connection that is gone, one-shot body",
                caller -> caller.post("/two", TestBody.of(caller.journal, "once").oneShot()))
            .records(
                Recorded.success().got("ok"),
                Recorded.error(IOException.class).noResponse().sent("once")),
        stale("a pooled connection that is gone, no retries", caller -> caller.post("/two", "{}"))
            .client((client, run) -> client.retryOnConnectionFailure(false))
            .records(
                Recorded.success().got("ok"),
                Recorded.error(IOException.class).noResponse().sent("{}")),
        secondAddress(),
        refused());
  }

  private static okhttp3.Request authenticate(Run run, Response response) {
    run.journal.note("asked to authenticate: " + response.code() + " " + response.challenges());
    return response
        .request()
        .newBuilder()
        .header("Authorization", Credentials.basic("me", "secret"))
        .build();
  }

  /** The first answer is as told, all others are "ok". */
  private static Exchange again(String name, String first, int finalCode, String... headers) {
    Recorded last =
        finalCode == 200
            ? Recorded.success().got("ok")
            : Recorded.error("http_" + finalCode).code(finalCode).got("first");
    return Exchange.of(
            name,
            server -> {
              boolean isFirst = server.count() == 1;
              server.answer(
                  isFirst ? first : "200 OK",
                  isFirst ? "first" : "ok",
                  isFirst ? headers : new String[0]);
            })
        .calls(caller -> caller.fetch(caller.post("/", QUESTION)))
        .records(last.sent(QUESTION));
  }

  private static Exchange stale(
      String name, java.util.function.Function<Caller, okhttp3.Request.Builder> second) {
    return Exchange.of(
            name,
            server -> {
              if (server.number == 1 && server.count() == 1) {
                server.answer("200 OK", "ok");
                server.hangUp();
              } else if (server.number == 1) {
                throw new IOException("gone");
              } else {
                server.answer("200 OK", "ok");
              }
            })
        .calls(
            caller -> {
              caller.fetch(caller.get("/one"));
              caller.fetch(second.apply(caller));
            });
  }

  private static Exchange secondAddress() {
    return Exchange.of("a second address", server -> server.answer("200 OK", "ok"))
        .client(
            (client, run) ->
                client.dns(
                    host ->
                        List.of(
                            InetAddress.getByAddress(host, new byte[] {127, 0, 0, 2}),
                            InetAddress.getByAddress(host, new byte[] {127, 0, 0, 1}))))
        .calls(
            caller ->
                caller.fetch(caller.get("/").url("http://localhost:" + caller.server.port() + "/")))
        .records(Recorded.success().got("ok"));
  }

  private static Exchange refused() {
    return Exchange.of("a connection that is refused", server -> server.answer("200 OK", "ok"))
        .calls(
            caller -> {
              int port = freePort();
              caller.journal.alias(":" + port, ":FREE");
              caller.fetch(
                  caller
                      .post("/", RequestBody.create("{}", null))
                      .url("http://127.0.0.1:" + port + "/"));
            })
        .records(Recorded.error(ConnectException.class).noResponse());
  }

  private static int freePort() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return taken.getLocalPort();
    }
  }
}
