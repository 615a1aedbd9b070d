package io.traceforge.okhttp.contract;

import java.util.List;

/** Every question that a request body is asked, and when. */
final class QuestionExchanges {
  private QuestionExchanges() {}

  static List<Exchange> all() {
    return List.of(
        Exchange.of("every question to a request body", server -> server.answer("200 OK", "ok"))
            .calls(
                caller ->
                    caller.fetch(
                        caller.post("/", TestBody.of(caller.journal, "{}").notingEveryQuestion())))
            .records(Recorded.success().sent("{}").got("ok")));
  }
}
