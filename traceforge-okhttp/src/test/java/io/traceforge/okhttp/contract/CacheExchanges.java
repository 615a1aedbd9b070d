package io.traceforge.okhttp.contract;

import static io.traceforge.okhttp.contract.PlainExchanges.JSON_HEADER;

import java.util.List;
import okhttp3.Cache;
import okhttp3.CacheControl;
import okhttp3.Response;

/** Responses that OkHttp keeps, and gives back. */
final class CacheExchanges {
  private static final String FRESH = "Cache-Control: max-age=60";
  private static final String STALE = "Cache-Control: max-age=0";
  private static final String BODY = "{\"cached\":true}";
  private static final Recorded WHOLE = Recorded.success().got(BODY);

  private CacheExchanges() {}

  static List<Exchange> all() {
    return List.of(
        cached("a cache hit", FRESH).calls(CacheExchanges::twice).records(WHOLE, WHOLE),
        cached("a conditional cache hit", STALE).calls(CacheExchanges::twice).records(WHOLE, WHOLE),
        cached("a cache miss", "Cache-Control: no-store")
            .calls(CacheExchanges::twice)
            .records(WHOLE, WHOLE),
        cached("a gzip that is cached", FRESH, "Content-Encoding: identity")
            .calls(CacheExchanges::twice)
            .records(WHOLE, WHOLE),
        cached("a response that varies", FRESH, "Vary: Accept, X-Own")
            .calls(CacheExchanges::twice)
            .records(WHOLE, WHOLE),
        closedEarly("unread", response -> {}),
        closedEarly("after a byte", response -> Caller.source(response).readByte()),
        onlyIfCached(),
        written());
  }

  private static Exchange cached(String name, String... headers) {
    return Exchange.of(
            name,
            server -> {
              if (server.has("If-None-Match: \"v1\"")) {
                server.head("304 Not Modified", "ETag: \"v1\"", "X-Revalidated: yes");
              } else {
                server.answer("200 OK", BODY, lines(headers));
              }
            })
        .client((client, run) -> client.cache(new Cache(run.folder, 1 << 20)));
  }

  private static String[] lines(String... headers) {
    String[] lines = java.util.Arrays.copyOf(headers, headers.length + 2);
    lines[headers.length] = JSON_HEADER;
    lines[headers.length + 1] = "ETag: \"v1\"";
    return lines;
  }

  private static void twice(Caller caller) throws Exception {
    caller.fetch(caller.get("/"));
    caller.fetch(caller.get("/"));
    noteCache(caller);
  }

  private static void noteCache(Caller caller) throws Exception {
    Cache cache = caller.client.cache();
    caller.journal.note(
        "cache asked %d times, hit %d, network %d; written %d, given up %d"
            .formatted(
                cache.requestCount(),
                cache.hitCount(),
                cache.networkCount(),
                cache.writeSuccessCount(),
                cache.writeAbortCount()));
    cache.flush();
    caller.journal.note("cache of " + cache.size() + " bytes");
  }

  private static Exchange closedEarly(String how, Caller.Use use) {
    return cached("a response to be cached closed " + how, FRESH)
        .calls(
            caller -> {
              caller.open(caller.get("/").build(), use);
              noteCache(caller);
              caller.fetch(caller.get("/"));
              noteCache(caller);
            })
        .records(Recorded.cancelled("closed").got(body -> {}), WHOLE);
  }

  private static Exchange onlyIfCached() {
    return cached("nothing cached, and only that wanted", FRESH)
        .calls(caller -> caller.fetch(caller.get("/").cacheControl(CacheControl.FORCE_CACHE)))
        .records(Recorded.error("http_504").code(504));
  }

  /** What is in the cache may be read by clients that know nothing of us. */
  private static Exchange written() {
    return cached("what is written to the cache", FRESH, "Vary: Accept")
        .calls(
            caller -> {
              caller.fetch(caller.get("/"));
              caller.open(caller.get("/").build(), response -> noteEverything(caller, response));
            })
        .records(WHOLE, Recorded.cancelled("closed").got(body -> {}));
  }

  private static void noteEverything(Caller caller, Response response) {
    Response cached = response.cacheResponse();
    caller.journal.note("all cached headers", cached.headers().toMultimap());
    caller.journal.note("all cached request headers", cached.request().headers().toMultimap());
  }
}
