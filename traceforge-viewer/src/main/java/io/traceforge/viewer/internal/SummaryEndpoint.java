package io.traceforge.viewer.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.traceforge.pricing.PriceBook;
import io.traceforge.storage.Page;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import java.io.IOException;
import org.eclipse.jetty.http.HttpStatus;

/**
 * What a row of the list shows and no metadata tells: what a session cost and how its steps went.
 * All its traces must be read for that, so a list asks for the rows that somebody looks at.
 */
final class SummaryEndpoint {
  private static final int MOST_KEPT = 5_000;

  /** A summary of more is worth less than the time it takes. */
  private static final int MOST_TRACES = 2_000;

  /** As many traces are in memory at once with their bodies, of which each may be of megabytes. */
  private static final int PAGE = 50;

  private final StorageBackend storage;
  private final PriceBook prices;

  /** Equal metadata, equal traces: a session that goes on has other figures. */
  private final Cache<SessionMetadata, String> known =
      Caffeine.newBuilder().maximumSize(MOST_KEPT).build();

  SummaryEndpoint(StorageBackend storage, PriceBook prices) {
    this.storage = storage;
    this.prices = prices;
  }

  void answer(ApiCall call) throws IOException {
    SessionMetadata session =
        storage
            .getSessionMetadata(SessionEndpoints.idIn(call))
            .orElseThrow(SessionEndpoints::unknownSession);
    if (session.totalTraces() > MOST_TRACES) {
      throw new Problem(
          HttpStatus.UNPROCESSABLE_ENTITY_422, "the session is too long; its timeline tells all");
    }
    call.json(known.get(session, this::summary));
  }

  private String summary(SessionMetadata session) {
    SessionSummary summary = new SessionSummary(prices);
    TraceQuery query = TraceQuery.ofSession(session.sessionId()).withLimit(PAGE);
    Page<Trace> page = storage.listTraces(query);
    page.items().forEach(summary::add);
    while (page.nextCursor() != null) {
      page = storage.listTraces(query.after(page.nextCursor()));
      page.items().forEach(summary::add);
    }
    return summary.toJson(session.sessionId());
  }
}
