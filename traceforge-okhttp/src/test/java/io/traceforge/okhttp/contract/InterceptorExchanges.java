package io.traceforge.okhttp.contract;

import static io.traceforge.okhttp.contract.PlainExchanges.ANSWER;
import static io.traceforge.okhttp.contract.PlainExchanges.JSON_HEADER;
import static io.traceforge.okhttp.contract.PlainExchanges.QUESTION;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;

/** A user's own interceptors, around ours and inside it. */
final class InterceptorExchanges {
  private static final RequestBody OTHER = RequestBody.create("other", Caller.JSON);

  private InterceptorExchanges() {}

  static List<Exchange> all() {
    List<Exchange> all = new ArrayList<>();
    both(all, "adds a header", run -> InterceptorExchanges::addHeader, true, success());
    both(all, "changes the request's body", run -> otherBody(run), true, null);
    all.get(all.size() - 2).records(Recorded.success().sent("other").got(ANSWER));
    all.get(all.size() - 1)
        .records(Recorded.success().sent("other").got(ANSWER))
        .recordsAlone(Recorded.success().got(ANSWER)); // what is sent passes it by
    both(all, "proceeds twice", run -> InterceptorExchanges::twice, true, null);
    all.get(all.size() - 2)
        .records(Recorded.cancelled("closed").sent(QUESTION).got(ANSWER), success());
    all.get(all.size() - 1).records(success());
    both(all, "answers by itself", run -> InterceptorExchanges::answers, false, null);
    all.get(all.size() - 1).records(Recorded.success().code(203).got("own"));
    both(all, "throws", run -> InterceptorExchanges::fails, false, null);
    all.get(all.size() - 1).records(Recorded.error(IOException.class).noResponse());
    both(all, "throws a RuntimeException", run -> InterceptorExchanges::breaks, false, null);
    all.get(all.size() - 1).records(Recorded.error(ArithmeticException.class).noResponse());
    bodies(all);
    all.add(blockingBody());
    all.add(network());
    all.add(nested());
    return all;
  }

  private static Recorded success() {
    return Recorded.success().sent(QUESTION).got(ANSWER);
  }

  /** Adds an exchange with the interceptor around ours, and one with it inside. */
  private static void both(
      List<Exchange> all,
      String what,
      Function<Run, Interceptor> interceptor,
      boolean proceeds,
      Recorded recorded) {
    Exchange around =
        exchange("an interceptor around ours " + what)
            .client((client, run) -> client.addInterceptor(interceptor.apply(run)));
    Exchange inside =
        exchange("an interceptor inside ours " + what)
            .clientAfter((client, run) -> client.addInterceptor(interceptor.apply(run)));
    for (Exchange exchange : List.of(around, inside)) {
      if (recorded != null) {
        exchange.records(recorded);
      }
      if (!proceeds) {
        exchange.notFollowedUp();
      }
      all.add(exchange);
    }
  }

  private static Exchange exchange(String name) {
    return Exchange.of(name, server -> server.answer("200 OK", ANSWER, JSON_HEADER))
        .calls(caller -> caller.fetch(caller.post("/", QUESTION)));
  }

  private static Response addHeader(Interceptor.Chain chain) throws IOException {
    Request request = chain.request().newBuilder().header("X-Added", "there").build();
    return chain.proceed(request).newBuilder().header("X-Added", "back").build();
  }

  private static Interceptor otherBody(Run run) {
    run.journal.alias(Describe.identity(OTHER), "the interceptor's own");
    return chain ->
        chain.request().body() == null
            ? chain.proceed(chain.request())
            : chain.proceed(chain.request().newBuilder().post(OTHER).build());
  }

  private static Response twice(Interceptor.Chain chain) throws IOException {
    if (chain.request().body() != null) {
      chain.proceed(chain.request()).close();
    }
    return chain.proceed(chain.request());
  }

  private static Response answers(Interceptor.Chain chain) {
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(203)
        .message("Own")
        .body(ResponseBody.create("own", Caller.JSON))
        .build();
  }

  private static Response fails(Interceptor.Chain chain) throws IOException {
    throw new IOException("the interceptor's own");
  }

  private static Response breaks(Interceptor.Chain chain) {
    throw new ArithmeticException("the interceptor's own");
  }

  private static void bodies(List<Exchange> all) {
    both(all, "puts a body there", body(4, "on", "e!"), true, null);
    all.get(all.size() - 2).records(success());
    all.get(all.size() - 1).records(Recorded.success().sent(QUESTION).got("one!"));
    both(all, "promises too much", body(9, "one"), true, null);
    all.get(all.size() - 2).records(success());
    all.get(all.size() - 1).records(Recorded.success().sent(QUESTION).got("one"));
    both(all, "promises too little", body(2, "one"), true, null);
    all.get(all.size() - 2).records(success());
    all.get(all.size() - 1).records(Recorded.success().sent(QUESTION).got("one"));
    both(all, "puts a failing body there", body(-1, "one", "FAIL"), true, null);
    all.get(all.size() - 2).records(success());
    all.get(all.size() - 1).records(Recorded.error(IOException.class).sent(QUESTION).got("one"));
    both(all, "puts a body there that is closed unread", body(-1, "one", "FAIL"), true, null);
    for (Exchange unread : all.subList(all.size() - 2, all.size())) {
      unread.calls(caller -> caller.open(caller.post("/", QUESTION).build(), response -> {}));
    }
    all.get(all.size() - 2).records(success());
    all.get(all.size() - 1).records(Recorded.cancelled("closed").sent(QUESTION).got(body -> {}));
  }

  /** Reads the server's answer, and gives another in its place, piece by piece. */
  private static Function<Run, Interceptor> body(long length, String... pieces) {
    return run ->
        chain -> {
          Response response = chain.proceed(chain.request());
          if (chain.request().body() == null) {
            return response;
          }
          response.body().string();
          Iterator<String> next = List.of(pieces).iterator();
          return response
              .newBuilder()
              .body(new TestResponseBody(run.journal, length, () -> nextOf(next)))
              .build();
        };
  }

  /** The body gives its second piece only when the caller has the first. */
  private static Exchange blockingBody() {
    return exchange("an interceptor inside ours puts a blocking body there")
        .clientAfter(
            (client, run) ->
                client.addInterceptor(
                    chain -> {
                      Response response = chain.proceed(chain.request());
                      if (chain.request().body() == null) {
                        return response;
                      }
                      response.close();
                      Iterator<String> next = List.of("one", "two").iterator();
                      return response
                          .newBuilder()
                          .body(
                              new TestResponseBody(
                                  run.journal, -1, () -> nextWhenTaken(next, run.gate)))
                          .build();
                    }))
        .calls(
            caller -> {
              caller.gate.open();
              caller.open(caller.post("/", QUESTION).build(), caller::readGated);
            })
        .records(Recorded.success().sent(QUESTION).got("onetwo"));
  }

  private static String nextWhenTaken(Iterator<String> pieces, Gate taken) throws IOException {
    taken.await();
    return nextOf(pieces);
  }

  private static String nextOf(Iterator<String> pieces) throws IOException {
    String piece = pieces.hasNext() ? pieces.next() : null;
    if ("FAIL".equals(piece)) {
      throw new IOException("the body's own");
    }
    return piece;
  }

  private static Exchange network() {
    return exchange("a network interceptor")
        .client((client, run) -> client.addNetworkInterceptor(chain -> onTheWire(run, chain)))
        .records(success());
  }

  private static Response onTheWire(Run run, Interceptor.Chain chain) throws IOException {
    run.journal.note("wire request", Describe.requestHead(chain.request()));
    run.journal.note("wire timeouts: " + chain.readTimeoutMillis() + chain.writeTimeoutMillis());
    Response response = chain.proceed(chain.request());
    run.journal.note("wire response", Describe.headers(response.headers()));
    run.journal.note("wire body", response.body().contentLength());
    return response.newBuilder().header("X-Wire", "added").build();
  }

  /** As an interceptor does that fetches a token with the same client. */
  private static Exchange nested() {
    return exchange("a call made by an interceptor")
        .client(
            (client, run) ->
                client.addInterceptor(
                    chain -> {
                      if (chain.request().body() == null) {
                        return chain.proceed(chain.request());
                      }
                      Request token =
                          new Request.Builder()
                              .url(chain.request().url().resolve("/token"))
                              .build();
                      String answer;
                      try (Response response = run.client().newCall(token).execute()) {
                        answer = response.body().string();
                      }
                      return chain.proceed(
                          chain.request().newBuilder().header("X-Token", answer).build());
                    }))
        .records(Recorded.success().got(ANSWER), success());
  }
}
