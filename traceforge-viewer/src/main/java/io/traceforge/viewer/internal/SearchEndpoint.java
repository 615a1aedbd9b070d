package io.traceforge.viewer.internal;

import io.traceforge.storage.Page;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceSearch;
import java.io.IOException;
import org.eclipse.jetty.http.HttpStatus;

/** The search for what was said. */
final class SearchEndpoint {
  private static final int LIMIT = 50;
  private static final int MOST = 200;
  private final StorageBackend storage;

  SearchEndpoint(StorageBackend storage) {
    this.storage = storage;
  }

  void answer(ApiCall call) throws IOException {
    String text = call.parameter("q");
    if (text == null) {
      throw Problem.badParameter("q", "what to look for");
    }
    TraceSearch search =
        storage
            .search()
            .orElseThrow(
                () -> new Problem(HttpStatus.NOT_IMPLEMENTED_501, "this storage has no search"));
    SearchQuery query =
        SearchQuery.of(text)
            .withLimit(call.number("limit", 1, MOST, LIMIT))
            .after(call.parameter("after"));
    String session = call.parameter("session");
    call.json(json(search.search(session == null ? query : query.inSession(session))));
  }

  private static String json(Page<SearchHit> page) {
    JsonText json = new JsonText().beginObject().name("hits").beginArray();
    page.items().forEach(hit -> write(json, hit));
    return json.endArray().member("next_cursor", page.nextCursor()).endObject().toString();
  }

  private static void write(JsonText json, SearchHit hit) {
    json.beginObject()
        .member("trace_id", hit.traceId())
        .member("session_id", hit.sessionId())
        .member("step", hit.stepIndex())
        .member("timestamp", hit.startTime().toString())
        .member("snippet", hit.snippet())
        .name("marks")
        .beginArray();
    for (SearchHit.Mark mark : hit.marks()) {
      json.beginArray().value(mark.start()).value(mark.end()).endArray();
    }
    json.endArray().endObject();
  }
}
