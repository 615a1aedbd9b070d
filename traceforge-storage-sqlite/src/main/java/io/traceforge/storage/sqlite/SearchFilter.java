package io.traceforge.storage.sqlite;

import io.traceforge.storage.SearchQuery;
import io.traceforge.trace.TraceStatus;
import java.time.Instant;

/** What a search asks of the calls in which it finds something. */
final class SearchFilter {
  private SearchFilter() {}

  /** Returns the conditions on the table {@code traces}. */
  static Conditions of(SearchQuery query) {
    Conditions conditions = new Conditions();
    String sessionId = query.sessionId();
    if (sessionId != null) {
      conditions.add("session_id = ?", binder -> binder.text(sessionId));
    }
    String model = query.model();
    if (model != null) {
      conditions.add("coalesce(request_model, response_model) = ?", b -> b.text(model));
    }
    String provider = query.provider();
    if (provider != null) {
      conditions.add("provider = ?", binder -> binder.text(provider));
    }
    TraceStatus status = query.status();
    if (status != null) {
      conditions.add("status = ?", binder -> binder.text(status.name()));
    }
    Instant from = query.from();
    if (from != null) {
      conditions.add("start_ns >= ?", binder -> binder.number(Times.nearest(from)));
    }
    Instant before = query.before();
    if (before != null) {
      conditions.add("start_ns < ?", binder -> binder.number(Times.nearest(before)));
    }
    return conditions;
  }
}
