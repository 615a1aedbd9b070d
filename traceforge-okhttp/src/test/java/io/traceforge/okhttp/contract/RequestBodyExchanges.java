package io.traceforge.okhttp.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import okhttp3.MultipartBody;
import okhttp3.RequestBody;
import okio.Buffer;

/** Request bodies of every kind, good and bad. */
final class RequestBodyExchanges {
  private static final String TEXT = "{\"a\":1}";

  private RequestBodyExchanges() {}

  static List<Exchange> all() {
    List<Exchange> all = new ArrayList<>(good());
    all.addAll(bad());
    all.add(expectation(true));
    all.add(expectation(false));
    return all;
  }

  private static List<Exchange> good() {
    return List.of(
        sent("a body whose length is asked for", j -> TestBody.of(j, TEXT).length(7), TEXT),
        sent("a body of unknown length", j -> TestBody.of(j, TEXT), TEXT),
        sent("a one-shot body", j -> TestBody.of(j, TEXT).oneShot(), TEXT),
        sent("a body of no bytes", j -> TestBody.of(j, "").length(0), ""),
        sent("a body without a type", j -> RequestBody.create(TEXT, null), TEXT),
        sent("a multipart body", j -> multipart(), body -> {}),
        sent(
            "a body written in odd pieces",
            j -> TestBody.of(j, RequestBodyExchanges::odd),
            b -> {}),
        sent("a body moved in", j -> TestBody.of(j, sink -> sink.writeAll(buffer())), b -> {}),
        sent(
            "a body that closes its sink",
            j -> TestBody.of(j, RequestBodyExchanges::closing),
            TEXT),
        sent("a body written as a stream", j -> TestBody.of(j, RequestBodyExchanges::stream), TEXT),
        flushed());
  }

  private static RequestBody multipart() {
    return new MultipartBody.Builder("boundary")
        .addFormDataPart("a", "1")
        .addFormDataPart("b", "b.txt", RequestBody.create("text", Caller.JSON))
        .build();
  }

  private static void odd(okio.BufferedSink sink) throws IOException {
    for (int size : new int[] {1, 100, 5000, 8191, 8192, 8193, 20_000, 3}) {
      sink.write(new byte[size]);
      sink.emitCompleteSegments();
      sink.write(okio.ByteString.of(new byte[size]));
    }
  }

  private static Buffer buffer() {
    return new Buffer().write(new byte[12_345]).writeUtf8("end");
  }

  private static void closing(okio.BufferedSink sink) throws IOException {
    sink.writeUtf8(TEXT);
    sink.close();
  }

  private static void stream(okio.BufferedSink sink) throws IOException {
    sink.outputStream().write(TEXT.getBytes(UTF_8));
    sink.outputStream().flush();
    sink.emit();
  }

  private static Exchange sent(String name, Function<Journal, RequestBody> body, String text) {
    return exchange(name, body).records(Recorded.success().sent(text).got("ok"));
  }

  private static Exchange sent(
      String name,
      Function<Journal, RequestBody> body,
      java.util.function.Consumer<io.traceforge.trace.TraceBody> check) {
    return exchange(name, body).records(Recorded.success().sent(check).got("ok"));
  }

  private static Exchange exchange(String name, Function<Journal, RequestBody> body) {
    return Exchange.of(name, server -> server.answer("200 OK", "ok"))
        .calls(caller -> caller.fetch(caller.post("/", body.apply(caller.journal))));
  }

  /** Each piece is with the server before the next one is written. */
  private static Exchange flushed() {
    return Exchange.of("a body flushed piece by piece", server -> server.answer("200 OK", "ok"))
        .calls(
            caller -> {
              TestBody body =
                  TestBody.of(
                      caller.journal,
                      sink -> {
                        for (String piece : List.of("one", "two", "three")) {
                          sink.writeUtf8(piece);
                          sink.flush();
                          caller.gate.await();
                          caller.journal.note("the server has " + piece);
                        }
                      });
              caller.fetch(caller.post("/", body).header("X-Gated", "yes"));
            })
        .records(Recorded.success().sent("onetwothree").got("ok"));
  }

  private static List<Exchange> bad() {
    return List.of(
        failing("throws before it writes", "", IOException.class),
        failing("throws when it has written", TEXT, IOException.class),
        failing("throws a RuntimeException before it writes", "", IllegalStateException.class),
        failing("throws a RuntimeException halfway", TEXT, IllegalStateException.class),
        lying("promises more than it writes", 9),
        lying("writes more than it promises", 5),
        blocking());
  }

  private static Exchange failing(String what, String first, Class<? extends Exception> type) {
    return Exchange.of("a body that " + what, server -> server.answer("200 OK", "ok"))
        .calls(
            caller -> {
              Exception own = type.getConstructor(String.class).newInstance("the caller's own");
              TestBody body =
                  TestBody.of(
                      caller.journal,
                      sink -> {
                        sink.writeUtf8(first);
                        throwAny(own);
                      });
              try {
                caller.client.newCall(caller.post("/", body).build()).execute().close();
              } catch (Exception thrown) {
                caller.journal.note("thrown", Describe.failure(thrown));
                caller.journal.note("the very same", thrown == own);
              }
            })
        .records(Recorded.error(type).noResponse().sent(body -> {}));
  }

  private static void throwAny(Exception failure) throws IOException {
    if (failure instanceof IOException io) {
      throw io;
    }
    throw (RuntimeException) failure;
  }

  private static Exchange lying(String what, long length) {
    return exchange("a body that " + what, j -> TestBody.of(j, TEXT).length(length))
        .records(Recorded.error(ProtocolException.class).noResponse().sent(TEXT));
  }

  private static Exchange blocking() {
    return Exchange.of(
            "a body that blocks until it is cancelled", server -> server.answer("200 OK", "ok"))
        .calls(
            caller -> {
              Gate cancelled = new Gate();
              TestBody body =
                  TestBody.of(
                      caller.journal,
                      sink -> {
                        sink.writeUtf8("one");
                        sink.flush();
                        caller.gate.open();
                        cancelled.await();
                        sink.writeUtf8("two");
                        sink.flush();
                      });
              caller.meanwhile(
                  () -> {
                    caller.gate.await();
                    caller.client.dispatcher().cancelAll();
                    cancelled.open();
                  },
                  () -> caller.fetch(caller.post("/", body)));
            })
        .records(Recorded.cancelled("cancelled").noResponse().sent("onetwo"));
  }

  private static Exchange expectation(boolean met) {
    return Exchange.of(
            "Expect: 100-continue, " + (met ? "met" : "refused"),
            server -> {
              if (met) {
                server.send("HTTP/1.1 100 Continue\r\n\r\n");
                server.readBody();
              }
              server.answer(met ? "200 OK" : "417 No", "ok");
            })
        .calls(
            caller ->
                caller.fetch(
                    caller
                        .post("/", TestBody.of(caller.journal, TEXT).length(7))
                        .header("Expect", "100-continue")))
        .records(
            met
                ? Recorded.success().sent(TEXT).got("ok")
                : Recorded.error("http_417").code(417).got("ok"));
  }
}
