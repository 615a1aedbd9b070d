package io.traceforge.okhttp.contract;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;
import okhttp3.Call;
import okhttp3.Request;

/** Calls that go well. */
final class PlainExchanges {
  static final String JSON_HEADER = "Content-Type: application/json";
  static final String QUESTION = "{\"question\":\"Why?\"}";
  static final String ANSWER = "{\"answer\":42}";
  private static final String ERROR = "{\"error\":{\"message\":\"Slow down\",\"type\":\"limit\"}}";

  private PlainExchanges() {}

  static List<Exchange> all() {
    return List.of(
        json("JSON", caller -> caller.fetch(question(caller))),
        json("JSON enqueued", caller -> caller.enqueue(question(caller).build())),
        json("JSON as a string", reading(r -> r.body().string())),
        json("JSON as bytes", reading(r -> r.body().byteString())),
        json("JSON as characters", reading(r -> (char) r.body().charStream().read())),
        json(
            "JSON as a stream",
            reading(r -> new String(r.body().byteStream().readAllBytes(), UTF_8))),
        json("JSON byte by byte", PlainExchanges::readByteByByte),
        cloned(),
        secure(),
        failed(),
        bodiless("204", "204 No Content", "GET", 204),
        bodiless("304 nobody asked for", "304 Not Modified", "GET", 304),
        bodiless("HEAD", "200 OK", "HEAD", 200, "Content-Length: 13"),
        bodiless("an empty body", "200 OK", "GET", 200, "Content-Length: 0"),
        gzip("gzip", caller -> caller.get("/")),
        gzip("gzip that the caller asks for", c -> c.get("/").header("Accept-Encoding", "gzip")),
        gzip("gzip of a POST", caller -> caller.get("/").post(caller.own(NOTHING))),
        untilTheEnd());
  }

  private static final okhttp3.RequestBody NOTHING = okhttp3.RequestBody.create("", null);

  private static Request.Builder question(Caller caller) {
    return caller.post("/json", QUESTION).header("X-Own", "1").addHeader("X-Own", "2");
  }

  private static Exchange json(String name, Exchange.Script calls) {
    return Exchange.of(name, server -> server.answer("200 OK", ANSWER, JSON_HEADER, "X: 1", "X: 2"))
        .calls(calls)
        .records(Recorded.success().sent(QUESTION).got(ANSWER));
  }

  interface Reading {
    Object read(okhttp3.Response response) throws IOException;
  }

  private static Exchange.Script reading(Reading reading) {
    return caller ->
        caller.open(
            question(caller).build(),
            response -> {
              caller.journal.note("read", reading.read(response));
              caller.attempt("again", () -> reading.read(response));
              caller.noteTrailers(response);
            });
  }

  private static void readByteByByte(Caller caller) {
    caller.open(
        question(caller).build(),
        response -> {
          var source = Caller.source(response);
          caller.journal.note("one source", source == Caller.source(response));
          while (!source.exhausted()) {
            caller.journal.note(source.readByte() + ", read ahead " + source.getBuffer().size());
          }
        });
  }

  private static Exchange cloned() {
    return Exchange.of("Call.clone", server -> server.answer("200 OK", ANSWER, JSON_HEADER))
        .calls(
            caller -> {
              Call call = caller.client.newCall(question(caller).build());
              caller.open(call, caller::readAll);
              caller.open(call, caller::readAll);
              caller.open(call.clone(), caller::readAll);
            })
        .records(
            Recorded.success().sent(QUESTION).got(ANSWER),
            Recorded.success().sent(QUESTION).got(ANSWER));
  }

  private static Exchange secure() {
    return Exchange.with(
            "JSON over TLS",
            Http1Server.answeringOverTls(server -> server.answer("200 OK", ANSWER, JSON_HEADER)))
        .calls(caller -> caller.fetch(question(caller)))
        .records(Recorded.success().sent(QUESTION).got(ANSWER));
  }

  private static Exchange failed() {
    return Exchange.of(
            "429", server -> server.answer("429 Too Many", ERROR, JSON_HEADER, "Retry-After: 1"))
        .calls(caller -> caller.fetch(question(caller)))
        .records(Recorded.error("http_429").code(429).sent(QUESTION).got(ERROR));
  }

  private static Exchange bodiless(
      String name, String status, String method, int code, String... headers) {
    return Exchange.of(name, server -> server.head(status, headers))
        .calls(caller -> caller.fetch(caller.get("/").method(method, null)))
        .records(Recorded.success().code(code));
  }

  private static Exchange gzip(
      String name, java.util.function.Function<Caller, Request.Builder> request) {
    return Exchange.of(
            name,
            server -> {
              byte[] zipped = zipped(ANSWER);
              server.head("200 OK", "Content-Encoding: gzip", "Content-Length: " + zipped.length);
              server.send(zipped);
            })
        .calls(caller -> caller.fetch(request.apply(caller)))
        .records(Recorded.success().sent(body -> {}).got(body -> Objects.requireNonNull(body)));
  }

  static byte[] zipped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
      gzip.write(text.getBytes(UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static Exchange untilTheEnd() {
    return Exchange.of(
            "a body that ends with the connection",
            server -> {
              server.head("200 OK", JSON_HEADER, "Connection: close");
              server.send(ANSWER);
              server.hangUp();
            })
        .calls(caller -> caller.fetch(question(caller)))
        .records(Recorded.success().sent(QUESTION).got(ANSWER));
  }
}
