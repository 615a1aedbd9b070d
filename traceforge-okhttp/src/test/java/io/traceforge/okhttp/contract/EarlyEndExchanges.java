package io.traceforge.okhttp.contract;

import static io.traceforge.okhttp.contract.PlainExchanges.ANSWER;
import static io.traceforge.okhttp.contract.PlainExchanges.JSON_HEADER;
import static io.traceforge.okhttp.contract.StreamExchanges.SSE;

import io.traceforge.trace.TraceBody;
import java.util.List;
import java.util.function.Consumer;
import okio.Buffer;
import okio.BufferedSource;

/** Responses that the caller does not read to their end, or not in the plain way. */
final class EarlyEndExchanges {
  private static final String EVENT = "data: 1\n\n";
  private static final Exchange.Script UNREAD =
      caller -> caller.open(caller.get("/").build(), response -> {});
  private static final Exchange.Script ONE_BYTE =
      caller ->
          caller.open(
              caller.get("/").build(),
              response -> caller.journal.note("read", Caller.source(response).readByte()));
  private static final Exchange.Script ONE_PIECE =
      caller -> caller.open(caller.get("/").build(), caller::readPiece);
  private static final Exchange.Script TO_THE_LAST_BRACE =
      caller ->
          caller.open(
              caller.get("/").build(),
              response ->
                  caller.journal.note("read", Caller.source(response).readUtf8(ANSWER.length())));

  private EarlyEndExchanges() {}

  static List<Exchange> all() {
    return List.of(
        closed("JSON closed unread", known(ANSWER), UNREAD, is(ANSWER)),
        closed("JSON in chunks closed unread", chunked(ANSWER), UNREAD, is(ANSWER)),
        closed("gzip closed unread", zipped(), UNREAD, body -> {}),
        closed("gzip closed after a byte", zipped(), ONE_BYTE, body -> {}),
        closed("JSON closed after a byte", known(ANSWER), ONE_BYTE, is(ANSWER)),
        closed("JSON in chunks closed after a byte", chunked(ANSWER), ONE_BYTE, is(ANSWER)),
        closed("SSE closed while it runs", running(SSE), ONE_PIECE, is(EVENT)),
        closed("chunks closed while they come", running("text/plain"), ONE_PIECE, is(EVENT)),
        closed("a running stream closed unread", running(SSE), UNREAD, is(EVENT)),
        closed("the first of much closed", runningKnown(), ONE_PIECE, is(EVENT)),
        closed("a body until the connection's end closed", runningOpen(), ONE_PIECE, is(EVENT)),
        whole("JSON read to its last brace", known(ANSWER)),
        whole("JSON in chunks read to its last brace", chunked(ANSWER)),
        peekedBody(),
        peekedSource(),
        timeoutChanged(),
        closedInPart(),
        forgotten(),
        afterTraceForgeIsClosed());
  }

  private static Consumer<TraceBody> is(String text) {
    return body ->
        org.assertj.core.api.Assertions.assertThat(body.text()).as("kept").isEqualTo(text);
  }

  private static Exchange closed(
      String name, Http1Server.Script answer, Exchange.Script calls, Consumer<TraceBody> kept) {
    return Exchange.of(name, answer).calls(calls).records(Recorded.cancelled("closed").got(kept));
  }

  private static Exchange whole(String name, Http1Server.Script answer) {
    return Exchange.of(name, answer)
        .calls(TO_THE_LAST_BRACE)
        .records(Recorded.success().got(ANSWER));
  }

  private static Http1Server.Script known(String text) {
    return server -> server.answer("200 OK", text, JSON_HEADER);
  }

  private static Http1Server.Script chunked(String text) {
    return server -> {
      server.head("200 OK", JSON_HEADER, "Transfer-Encoding: chunked");
      server.chunk(text.substring(0, 7));
      server.chunk(text.substring(7));
      server.endChunks();
    };
  }

  private static Http1Server.Script zipped() {
    return server -> {
      byte[] zipped = PlainExchanges.zipped(ANSWER);
      server.head("200 OK", "Content-Encoding: gzip", "Content-Length: " + zipped.length);
      server.send(zipped);
    };
  }

  private static Http1Server.Script running(String type) {
    return server -> {
      StreamExchanges.streamHead(server, type);
      server.chunk(EVENT);
      server.awaitClient();
    };
  }

  private static Http1Server.Script runningKnown() {
    return server -> {
      server.head("200 OK", "Content-Type: application/zip", "Content-Length: 900000000");
      server.send(EVENT);
      server.awaitClient();
    };
  }

  private static Http1Server.Script runningOpen() {
    return server -> {
      server.head("200 OK", "Content-Type: " + SSE, "Connection: close");
      server.send(EVENT);
      server.awaitClient();
    };
  }

  private static Exchange peekedBody() {
    return Exchange.of("peekBody", known(ANSWER))
        .calls(
            caller ->
                caller.open(
                    caller.get("/").build(),
                    response -> {
                      caller.journal.note("peeked", response.peekBody(5).string());
                      caller.journal.note("peeked", response.peekBody(5000).string());
                      caller.readAll(response);
                    }))
        .records(Recorded.success().got(ANSWER));
  }

  private static Exchange peekedSource() {
    return Exchange.of("source().peek()", chunked(ANSWER))
        .calls(
            caller ->
                caller.open(
                    caller.get("/").build(),
                    response -> {
                      BufferedSource source = Caller.source(response);
                      caller.journal.note("there", source.request(3));
                      caller.journal.note("read ahead", source.getBuffer().size());
                      caller.journal.note("peeked", source.peek().readUtf8(9));
                      caller.journal.note("read ahead", source.getBuffer().size());
                      caller.journal.note("read", source.readUtf8(2));
                      caller.journal.note("peeked", source.peek().readUtf8());
                      source.skip(1);
                      caller.readAll(response);
                    }))
        .records(Recorded.success().got(ANSWER));
  }

  private static Exchange timeoutChanged() {
    return Exchange.of("source().timeout() changed", running(SSE))
        .calls(
            caller ->
                caller.open(
                    caller.get("/").build(),
                    response -> {
                      var timeout = Caller.source(response).timeout();
                      caller.journal.note("timeout", timeout.timeoutNanos());
                      caller.readPiece(response);
                      timeout.timeout(50, java.util.concurrent.TimeUnit.MILLISECONDS);
                      caller.readPiece(response);
                    }))
        .records(Recorded.error(java.net.SocketTimeoutException.class).got(EVENT));
  }

  private static Exchange closedInPart() {
    return Exchange.of("the source closed, then the response", known(ANSWER))
        .calls(
            caller ->
                caller.open(
                    caller.get("/").build(),
                    response -> {
                      BufferedSource source = Caller.source(response);
                      source.close();
                      caller.journal.note("open", source.isOpen());
                      caller.attempt("read", () -> source.read(new Buffer(), 1));
                      caller.attempt("peek", () -> response.peekBody(1));
                    }))
        .records(Recorded.cancelled("closed").got(ANSWER));
  }

  private static Exchange forgotten() {
    return Exchange.of("a response never closed", known(ANSWER))
        .calls(
            caller ->
                caller.journal.noteAll(
                    Describe.response(
                        "response", caller.client.newCall(caller.get("/").build()).execute())))
        .endsWhenCollected()
        .records(Recorded.cancelled("abandoned").got(body -> {}));
  }

  private static Exchange afterTraceForgeIsClosed() {
    return Exchange.of("read after TraceForge is closed", chunked(ANSWER))
        .calls(
            caller ->
                caller.open(
                    caller.get("/").build(),
                    response -> {
                      caller.closeTraceForge.run();
                      caller.readAll(response);
                    }))
        .recordsNothing();
  }
}
