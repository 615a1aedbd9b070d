package io.traceforge.okhttp.contract;

import static io.traceforge.okhttp.contract.PlainExchanges.ANSWER;
import static io.traceforge.okhttp.contract.PlainExchanges.JSON_HEADER;
import static io.traceforge.okhttp.contract.PlainExchanges.QUESTION;

import java.io.InterruptedIOException;
import java.util.List;
import okhttp3.Call;

/** Calls that the caller cancels. */
final class CancelExchanges {
  private static final Http1Server.Script ANSWERING =
      server -> server.answer("200 OK", ANSWER, JSON_HEADER);

  private CancelExchanges() {}

  static List<Exchange> all() {
    return List.of(
        beforeTheCall(),
        at("connectStart", Recorded.cancelled("cancelled").noResponse()),
        at("connectionAcquired", Recorded.cancelled("cancelled").noResponse()),
        at("requestHeadersEnd", Recorded.cancelled("cancelled").noResponse().sent(QUESTION)),
        at("requestBodyEnd", Recorded.cancelled("cancelled").noResponse().sent(QUESTION)),
        at("responseHeadersEnd", Recorded.cancelled("closed").sent(QUESTION).got(body -> {})),
        whileTheServerThinks(),
        enqueuedWhileTheServerThinks(),
        afterTheHeaders(),
        inTheBody(),
        inTheBodyFromAnotherThread(),
        beforeTheBody(),
        closedAfterwards(),
        interruptedAndClosed(),
        interrupted());
  }

  private static Exchange beforeTheCall() {
    return Exchange.of("cancelled before it is made", ANSWERING)
        .calls(
            caller -> {
              Call call = caller.client.newCall(caller.post("/", QUESTION).build());
              call.cancel();
              caller.open(call, caller::readAll);
            })
        .records(Recorded.cancelled("cancelled").noResponse());
  }

  private static Exchange at(String event, Recorded recorded) {
    return Exchange.of("cancelled at " + event, ANSWERING)
        .calls(
            caller -> {
              caller.listener.at(event, Call::cancel);
              caller.fetch(caller.post("/", QUESTION));
            })
        .records(recorded);
  }

  private static Http1Server.Script thinking() {
    return server -> {
      server.gate.open();
      server.awaitClient();
    };
  }

  private static Exchange whileTheServerThinks() {
    return Exchange.of("cancelled while the server thinks", thinking())
        .calls(
            caller -> {
              Call call = caller.client.newCall(caller.post("/", QUESTION).build());
              caller.meanwhile(
                  () -> {
                    caller.gate.await();
                    call.cancel();
                  },
                  () -> caller.open(call, caller::readAll));
            })
        .records(Recorded.cancelled("cancelled").noResponse().sent(QUESTION));
  }

  private static Exchange enqueuedWhileTheServerThinks() {
    return Exchange.of("enqueued, and cancelled while the server thinks", thinking())
        .calls(
            caller ->
                caller.meanwhile(
                    () -> {
                      caller.gate.await();
                      caller.client.dispatcher().cancelAll();
                    },
                    () -> caller.enqueue(caller.post("/", QUESTION).build())))
        .records(Recorded.cancelled("cancelled").noResponse().sent(QUESTION));
  }

  private static Exchange streaming(String name) {
    return Exchange.of(
        name,
        server -> {
          StreamExchanges.streamHead(server, StreamExchanges.SSE);
          server.chunk("data: 1\n\n");
          server.awaitClient();
        });
  }

  private static Exchange afterTheHeaders() {
    return Exchange.of("cancelled after the headers, when all has come", ANSWERING)
        .calls(
            caller -> {
              Call call = caller.client.newCall(caller.post("/", QUESTION).build());
              caller.open(
                  call,
                  response -> {
                    call.cancel();
                    caller.readAll(response);
                  });
            })
        .records(Recorded.success().sent(QUESTION).got(ANSWER));
  }

  private static Exchange inTheBody() {
    return streaming("cancelled in the body")
        .calls(
            caller -> {
              Call call = caller.client.newCall(caller.post("/", QUESTION).build());
              caller.open(
                  call,
                  response -> {
                    caller.readPiece(response);
                    call.cancel();
                    caller.readPiece(response);
                  });
            })
        .records(Recorded.cancelled("cancelled").sent(QUESTION).got("data: 1\n\n"));
  }

  private static Exchange inTheBodyFromAnotherThread() {
    return streaming("cancelled in the body from another thread")
        .calls(
            caller -> {
              Call call = caller.client.newCall(caller.post("/", QUESTION).build());
              caller.meanwhile(
                  () -> {
                    caller.gate.await();
                    call.cancel();
                  },
                  () -> caller.open(call, caller::readGated));
            })
        .records(Recorded.cancelled("cancelled").sent(QUESTION).got("data: 1\n\n"));
  }

  private static Exchange closedAfterwards() {
    return streaming("cancelled in the body and closed")
        .calls(
            caller -> {
              Call call = caller.client.newCall(caller.post("/", QUESTION).build());
              caller.open(
                  call,
                  response -> {
                    caller.readPiece(response);
                    call.cancel();
                  });
            })
        .records(Recorded.cancelled("closed").sent(QUESTION).got("data: 1\n\n"));
  }

  private static Exchange beforeTheBody() {
    return Exchange.of(
            "cancelled before any of the body has come",
            server -> {
              StreamExchanges.streamHead(server, StreamExchanges.SSE);
              server.awaitClient();
            })
        .calls(
            caller -> {
              Call call = caller.client.newCall(caller.post("/", QUESTION).build());
              caller.open(
                  call,
                  response -> {
                    call.cancel();
                    caller.readPiece(response);
                  });
            })
        .records(Recorded.cancelled("cancelled").sent(QUESTION).got(""));
  }

  private static Exchange interruptedAndClosed() {
    return streaming("a thread that is told to stop, and closes")
        .calls(
            caller ->
                caller.onAnotherThread(
                    () -> {
                      caller.open(
                          caller.post("/", QUESTION).build(),
                          response -> {
                            caller.readPiece(response);
                            Thread.currentThread().interrupt();
                          });
                      caller.journal.note("interrupted", Thread.interrupted());
                    }))
        .records(Recorded.cancelled("closed").sent(QUESTION).got("data: 1\n\n"));
  }

  private static Exchange interrupted() {
    return streaming("a thread that is told to stop")
        .calls(
            caller ->
                caller.onAnotherThread(
                    () ->
                        caller.open(
                            caller.post("/", QUESTION).build(),
                            response -> {
                              caller.readPiece(response);
                              Thread.currentThread().interrupt();
                              caller.attempt("read", () -> caller.readPiece(response));
                              caller.journal.note("interrupted", Thread.interrupted());
                            })))
        .records(Recorded.error(InterruptedIOException.class).sent(QUESTION).got("data: 1\n\n"));
  }
}
