package io.traceforge.okhttp.contract;

import static io.traceforge.okhttp.contract.PlainExchanges.ANSWER;
import static io.traceforge.okhttp.contract.PlainExchanges.JSON_HEADER;
import static io.traceforge.okhttp.contract.PlainExchanges.QUESTION;

import java.io.IOException;
import java.util.List;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Calls that go through a proxy. The host that they are meant for is known to the proxy alone. */
final class ProxyExchanges {
  static final String HOST = "model.test";
  private static final String PATH = HOST + "/v1/chat?stream=no";
  private static final String CREDENTIALS = Credentials.basic("me", "secret");
  private static final String ASKING = "Proxy-Authenticate: Basic realm=\"proxy\"";
  private static final String PROXY_HEADER = "Proxy-Authorization";

  private ProxyExchanges() {}

  static List<Exchange> all() {
    return List.of(
        through(
                "JSON through a proxy",
                "http",
                Http1Server.answering(server -> server.answer("200 OK", ANSWER, JSON_HEADER)))
            .records(answered("http")),
        through(
                "a proxy that asks who it is",
                "http",
                Http1Server.answering(ProxyExchanges::answerKnown))
            .client(ProxyExchanges::introducingHimself)
            .records(answered("http")),
        through(
                "a proxy that cannot reach the host",
                "http",
                Http1Server.answering(server -> server.answer("502 Bad Gateway", "no way")))
            .records(Recorded.error("http_502").code(502).sent(QUESTION).got("no way")),
        through("a tunnel", "https", Http1Server.tunnelling(server -> tunnel(server, true)))
            .records(answered("https")),
        through(
                "a tunnel whose proxy asks who it is",
                "https",
                Http1Server.tunnelling(server -> tunnel(server, isIntroduced(server))))
            .client(ProxyExchanges::introducingHimself)
            .records(answered("https")),
        through(
                "a tunnel that is refused",
                "https",
                Http1Server.answering(server -> server.answer("403 Forbidden", "no")))
            .records(Recorded.error(IOException.class).noResponse().url("https://" + PATH)));
  }

  private static Recorded answered(String scheme) {
    return Recorded.success().url(scheme + "://" + PATH).sent(QUESTION).got(ANSWER);
  }

  private static Exchange through(String name, String scheme, ContractServer.Factory proxy) {
    return Exchange.with(name, proxy)
        .client((client, run) -> client.proxy(run.asProxy()))
        .calls(
            caller -> caller.fetch(caller.post("/", QUESTION).url(scheme + "://" + PATH).build()));
  }

  private static void introducingHimself(OkHttpClient.Builder client, Run run) {
    client
        .proxy(run.asProxy())
        .proxyAuthenticator((route, response) -> introduction(run, response));
  }

  private static Request introduction(Run run, Response response) {
    run.journal.note("asked who it is: " + response.code() + " " + response.challenges());
    run.journal.note("  for " + Describe.requestHead(response.request()));
    return response.request().newBuilder().header(PROXY_HEADER, CREDENTIALS).build();
  }

  private static boolean isIntroduced(Http1Connection server) {
    return server.has(PROXY_HEADER + ": " + CREDENTIALS);
  }

  private static void answerKnown(Http1Connection server) throws IOException {
    if (isIntroduced(server)) {
      server.answer("200 OK", ANSWER, JSON_HEADER);
    } else {
      server.answer("407 Who", "who?", ASKING);
    }
  }

  /** What the proxy is told is nothing of the session: only the host behind it may know that. */
  private static void tunnel(Http1Connection server, boolean known) throws IOException {
    if (!server.isTunnelRequest()) {
      server.answer("200 OK", ANSWER, JSON_HEADER);
    } else if (server.isToldTheSession()) {
      throw new IOException("this proxy wants to know nothing of sessions");
    } else if (known) {
      server.head("200 Connected");
      server.becomeSecure();
    } else {
      server.answer("407 Who", "", ASKING);
    }
  }
}
