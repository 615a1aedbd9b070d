package io.traceforge.viewer.internal;

import io.traceforge.pricing.PriceBook;
import io.traceforge.viewer.internal.Api.Route;
import java.util.List;

/** What the API offers; {@code docs/http-api.md} describes it. */
final class Endpoints {
  private Endpoints() {}

  static Api api(ReadOnlyStorage storage, LiveSessions live, PriceBook prices) {
    SessionEndpoints session = new SessionEndpoints(storage, prices);
    TraceEndpoints trace = new TraceEndpoints(storage);
    SummaryEndpoint summaries = new SummaryEndpoint(storage, prices);
    return new Api(
        List.of(
            Route.of("/api/sessions", new SessionListEndpoint(storage)::answer),
            Route.of("/api/sessions/*", session::metadata),
            Route.of("/api/sessions/*/timeline", session::timeline),
            Route.of("/api/sessions/*/traces", session::traces),
            Route.of("/api/sessions/*/export", session::export),
            Route.of("/api/sessions/*/summary", summaries::answer),
            Route.of("/api/sessions/*/events", new EventStream(live)::answer),
            Route.of("/api/traces/*", trace::trace),
            Route.of("/api/traces/*/request", trace::request),
            Route.of("/api/traces/*/response", trace::response),
            Route.of("/api/traces/*/conversation", trace::conversation),
            Route.of("/api/traces/*/conversation/*/*", trace::text),
            Route.of("/api/search", new SearchEndpoint(storage)::answer),
            Route.of("/api/stats", new StatsEndpoint(storage)::answer)));
  }
}
