package io.traceforge.okhttp.contract;

import static io.traceforge.okhttp.contract.PlainExchanges.ANSWER;
import static io.traceforge.okhttp.contract.PlainExchanges.QUESTION;

import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.internal.http2.StreamResetException;
import okhttp3.mockwebserver.MockResponse;

/** The main exchanges once more, over HTTP/2. */
final class Http2Exchanges {
  private static final int REFUSED_STREAM = 7;
  private static final int INTERNAL_ERROR = 2;
  private static final String EVENT = "data: 1\n\n";

  private Http2Exchanges() {}

  static List<Exchange> all() {
    List<Exchange> all = new ArrayList<>();
    all.add(
        exchange("JSON", Http2Exchanges::answer)
            .calls(caller -> caller.fetch(caller.post("/", QUESTION)))
            .records(Recorded.success().sent(QUESTION).got(ANSWER)));
    all.add(
        exchange("HEAD", stream -> stream.headers(true, ":status", "200", "content-length", "13"))
            .calls(caller -> caller.fetch(caller.get("/").head()))
            .records(Recorded.success()));
    all.add(
        exchange("204", stream -> stream.headers(true, ":status", "204"))
            .records(Recorded.success().code(204)));
    all.add(
        exchange("an empty body", stream -> stream.headers(true, ":status", "200"))
            .records(Recorded.success().got(body -> {})));
    all.addAll(List.of(sse(), trailers(), redirect(), refused(), overTls(), duplex()));
    all.addAll(List.of(large(), oneShot(), cancelledWhileTheServerThinks()));
    all.addAll(ended());
    return all;
  }

  static Exchange exchange(String name, Http2Server.Script script) {
    return Exchange.with(name + " over HTTP/2", Http2Server.answering(script))
        .client((client, run) -> priorKnowledge(client));
  }

  static void priorKnowledge(OkHttpClient.Builder client) {
    client.protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE));
  }

  private static void answer(Http2ServerStream stream) throws Exception {
    stream.awaitRequest();
    stream.headers(false, ":status", "200", "content-type", "application/json", "x", "1");
    stream.data(ANSWER, true);
  }

  static void head(Http2ServerStream stream) throws Exception {
    stream.awaitRequest();
    stream.headers(false, ":status", "200", "content-type", StreamExchanges.SSE);
  }

  private static Exchange sse() {
    return exchange(
            "SSE",
            stream -> {
              head(stream);
              for (String event : StreamExchanges.EVENTS) {
                stream.data(event, false);
                stream.gate.await();
              }
              stream.data("", true);
            })
        .calls(caller -> caller.open(caller.get("/").build(), caller::readGated))
        .records(Recorded.success().got(String.join("", StreamExchanges.EVENTS)));
  }

  private static Exchange trailers() {
    return exchange(
            "trailers",
            stream -> {
              head(stream);
              stream.data("body", false);
              stream.headers(true, "checksum", "42");
            })
        .records(Recorded.success().got("body"));
  }

  private static Exchange redirect() {
    return exchange(
            "308",
            stream -> {
              stream.awaitRequest();
              boolean first = stream.path().equals("/");
              // No body that might come when the client has left already.
              stream.headers(first, ":status", first ? "308" : "200", "location", "/to");
              if (!first) {
                stream.data("there", true);
              }
            })
        .calls(caller -> caller.fetch(caller.post("/", "{}")))
        .records(Recorded.success().sent("{}").got("there"));
  }

  /** OkHttp 4.12 sends the request once more, as it was not looked at; 5.x does not. */
  private static Exchange refused() {
    return exchange(
            "a stream refused",
            stream -> {
              stream.awaitRequest();
              stream.giveUp(REFUSED_STREAM);
            })
        .calls(caller -> caller.fetch(caller.post("/", QUESTION)))
        .records(Recorded.error(StreamResetException.class).noResponse().sent(QUESTION));
  }

  private static Exchange overTls() {
    return Exchange.with(
            "HTTP/2 over TLS", MockServer.http2OverTls(r -> new MockResponse().setBody(ANSWER)))
        .client((client, run) -> client.protocols(List.of(Protocol.HTTP_2, Protocol.HTTP_1_1)))
        .calls(caller -> caller.fetch(caller.post("/", QUESTION)))
        .records(Recorded.success().sent(QUESTION).got(ANSWER));
  }

  /** The answer begins before the request has ended. */
  private static Exchange duplex() {
    return exchange(
            "a duplex body",
            stream -> {
              stream.awaitBody("one");
              stream.headers(false, ":status", "200");
              stream.data("answer", false);
              stream.awaitRequest();
              stream.data("end", true);
            })
        .calls(Http2Exchanges::talk)
        .records(Recorded.success().got("answerend"));
  }

  private static void talk(Caller caller) {
    List<okio.BufferedSink> kept = new ArrayList<>();
    TestBody body =
        TestBody.of(
                caller.journal,
                sink -> {
                  sink.writeUtf8("one").flush();
                  kept.add(sink);
                })
            .duplex();
    caller.open(
        caller.post("/", body).build(),
        response -> {
          caller.readPiece(response);
          kept.get(0).writeUtf8("two");
          kept.get(0).close();
          caller.readAll(response);
        });
  }

  private static Exchange large() {
    String text = "0123456789".repeat(6_000);
    return exchange(
            "60 KB each way",
            stream -> {
              head(stream);
              stream.data(text, true);
            })
        .calls(caller -> caller.fetch(caller.post("/", text)))
        .records(Recorded.success().sent(text).got(text));
  }

  private static Exchange oneShot() {
    return exchange("a one-shot body", Http2Exchanges::answer)
        .calls(c -> c.fetch(c.post("/", TestBody.of(c.journal, QUESTION).oneShot())))
        .records(Recorded.success().sent(QUESTION).got(ANSWER));
  }

  private static Exchange cancelledWhileTheServerThinks() {
    return exchange(
            "cancelled while the server thinks",
            stream -> {
              stream.awaitRequest();
              stream.gate.open();
              stream.awaitReset();
              stream.gate.open();
            })
        .calls(
            untilReset(
                caller ->
                    caller.meanwhile(
                        () -> {
                          caller.gate.await();
                          caller.client.dispatcher().cancelAll();
                        },
                        () -> caller.fetch(caller.post("/", QUESTION)))))
        .records(Recorded.cancelled("cancelled").noResponse().sent(QUESTION));
  }

  private static List<Exchange> ended() {
    Http2Server.Script running =
        stream -> {
          head(stream);
          stream.data(EVENT, false);
          stream.awaitReset();
          stream.gate.open();
        };
    Http2Server.Script broken =
        stream -> {
          head(stream);
          stream.data(EVENT, false);
          stream.gate.await();
          stream.giveUp(INTERNAL_ERROR);
        };
    return List.of(
        exchange("SSE closed while it runs", running)
            .calls(untilReset(caller -> caller.open(caller.get("/").build(), caller::readPiece)))
            .records(Recorded.cancelled("closed").got(EVENT)),
        exchange(
                "JSON closed unread when all has come",
                stream -> {
                  answer(stream);
                  stream.awaitTaken();
                  stream.gate.open();
                })
            .calls(c -> c.open(c.get("/").build(), response -> c.gate.await()))
            .records(Recorded.cancelled("closed").got(ANSWER)),
        exchange(
                "a stream closed before anything has come",
                stream -> {
                  head(stream);
                  stream.awaitReset();
                  stream.gate.open();
                })
            .calls(untilReset(caller -> caller.open(caller.get("/").build(), response -> {})))
            .records(Recorded.cancelled("closed").got("")),
        exchange("cancelled in the body", running)
            .calls(untilReset(Http2Exchanges::cancelInTheBody))
            .records(Recorded.cancelled("cancelled").got(EVENT)),
        exchange("a stream reset in the body", broken)
            .calls(caller -> caller.open(caller.get("/").build(), caller::readGated))
            .records(Recorded.error(StreamResetException.class).got(EVENT)),
        exchange("read timeout in the body", running)
            .client(
                (client, run) -> {
                  priorKnowledge(client);
                  client.readTimeout(Duration.ofMillis(200));
                })
            .calls(untilReset(Http2Exchanges::readTwice))
            .records(Recorded.error(SocketTimeoutException.class).got(EVENT)));
  }

  /** OkHttp resets a stream on a thread of its own. */
  private static Exchange.Script untilReset(Exchange.Script script) {
    return caller -> {
      script.run(caller);
      caller.gate.await();
    };
  }

  private static void readTwice(Caller caller) {
    caller.open(
        caller.get("/").build(),
        response -> {
          caller.readPiece(response);
          caller.readPiece(response);
        });
  }

  private static void cancelInTheBody(Caller caller) {
    Call call = caller.client.newCall(caller.get("/").build());
    caller.open(
        call,
        response -> {
          caller.readPiece(response);
          call.cancel();
          caller.readPiece(response);
        });
  }
}
