package io.traceforge.storage.tck;

import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceRequest;
import io.traceforge.trace.TraceResponse;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;

/** What the groups about search share. They are skipped if a backend has none. */
abstract class SearchingTests extends ContractTests {
  private static final String URL = "https://api.example.com/v1/chat/completions";

  TraceSearch search;

  SearchingTests(StorageBackendContract contract) {
    super(contract);
  }

  @BeforeEach
  final void findSearch() {
    var found = storage.search();
    Assumptions.assumeTrue(found.isPresent(), "this backend has no search");
    search = found.orElseThrow();
  }

  /** Returns a call that sends messages, each the inside of a JSON string, and is answered. */
  static Trace.Builder says(@Nullable String session, int n, String answer, String... messages) {
    String[] sent =
        Arrays.stream(messages).map(text -> message("user", text)).toArray(String[]::new);
    String got = "{\"choices\":[{\"index\":0,\"message\":" + message("assistant", answer) + "}]}";
    return sends(session, n, sent)
        .response(TraceResponse.of(200, HttpHeaders.empty(), json(got), null));
  }

  /** Returns a call that sends messages, each as JSON. */
  static Trace.Builder sends(@Nullable String session, int n, String... messages) {
    String sent = String.join(",", messages);
    return Samples.success(n, n, n, n + 1)
        .sessionId(session)
        .response(null)
        .request(
            TraceRequest.of(
                "POST", URL, HttpHeaders.empty(), json("{\"messages\":[" + sent + "]}")));
  }

  static String message(String role, String text) {
    return "{\"role\":\"" + role + "\",\"content\":\"" + text + "\"}";
  }

  private static TraceBody json(String text) {
    return TraceBody.ofText(text, "application/json");
  }

  /** Returns the ids of the traces that a text finds, on one page. */
  final List<String> find(String text) {
    return find(SearchQuery.of(text));
  }

  final List<String> find(SearchQuery query) {
    return search.search(query).items().stream().map(SearchHit::traceId).toList();
  }
}
