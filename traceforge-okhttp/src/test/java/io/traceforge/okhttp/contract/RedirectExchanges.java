package io.traceforge.okhttp.contract;

import java.util.ArrayList;
import java.util.List;

/** Redirects of each kind. */
final class RedirectExchanges {
  private RedirectExchanges() {}

  static List<Exchange> all() {
    List<Exchange> all = new ArrayList<>();
    for (int code : List.of(301, 302, 303, 307, 308)) {
      for (String method : List.of("GET", "POST")) {
        all.add(redirect(code, method, "127.0.0.1"));
        all.add(redirect(code, method, "localhost"));
      }
    }
    return all;
  }

  private static Exchange redirect(int code, String method, String host) {
    boolean post = method.equals("POST");
    return Exchange.of(
            code + " of a " + method + " to " + host,
            server -> {
              if (server.path().equals("/from")) {
                String to = "http://" + host + ":" + server.port() + "/to";
                server.answer(code + " Elsewhere", "go there", "Location: " + to);
              } else {
                server.answer("200 OK", "there", "Content-Type: text/plain");
              }
            })
        .calls(
            caller ->
                caller.fetch(
                    (post ? caller.post("/from", "{}") : caller.get("/from"))
                        .header("Authorization", "secret")
                        .tag(String.class, "the caller's tag")))
        .records(
            post ? Recorded.success().sent("{}").got("there") : Recorded.success().got("there"));
  }
}
