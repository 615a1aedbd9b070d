package io.traceforge.okhttp.contract;

import java.util.List;

/** Calls that go well. */
final class PlainExchanges {
  static final String JSON_HEADER = "Content-Type: application/json";
  static final String QUESTION = "{\"question\":\"Why?\"}";
  static final String ANSWER = "{\"answer\":42}";

  private PlainExchanges() {}

  static List<Exchange> all() {
    return List.of(json());
  }

  private static Exchange json() {
    return Exchange.of("JSON", server -> server.answer("200 OK", ANSWER, JSON_HEADER))
        .calls(caller -> caller.fetch(caller.post("/json", QUESTION)))
        .records(Recorded.success().sent(QUESTION).got(ANSWER));
  }
}
