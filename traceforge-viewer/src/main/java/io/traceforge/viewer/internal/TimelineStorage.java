package io.traceforge.viewer.internal;

import io.traceforge.pricing.PriceBook;
import io.traceforge.storage.Page;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.CallAttempt;
import io.traceforge.trace.HttpHeaders;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import io.traceforge.trace.TraceCosts;
import io.traceforge.trace.TraceRequest;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads traces for one timeline, which tells neither bodies nor headers: a few at a time, so that
 * no more bodies than theirs are ever in memory. In place of a request's body stands its
 * fingerprint, by which the attempts of a call are known; what a trace cost is found out before.
 */
final class TimelineStorage extends ReadOnlyStorage implements TraceCosts {
  private static final int PAGE = 50;
  private final PriceBook prices;
  private final Map<String, BigDecimal> costs = new HashMap<>();

  TimelineStorage(StorageBackend storage, PriceBook prices) {
    super(storage);
    this.prices = prices;
  }

  @Override
  public Page<Trace> listTraces(TraceQuery query) {
    Page<Trace> page = super.listTraces(query.limit() > PAGE ? query.withLimit(PAGE) : query);
    return new Page<>(page.items().stream().map(this::light).toList(), page.nextCursor());
  }

  private Trace light(Trace trace) {
    prices.costOf(trace).usd().ifPresent(usd -> costs.put(trace.id(), usd));
    TraceRequest request = trace.request();
    TraceBody body = TraceBody.ofText(CallAttempt.fingerprint(request), null);
    return trace.toBuilder()
        .request(TraceRequest.of(request.method(), request.url(), HttpHeaders.empty(), body))
        .response(null)
        .build();
  }

  /** Returns what a trace that was read cost, or {@code null} if that is not known. */
  @Override
  public @Nullable BigDecimal usdOf(Trace trace) {
    return costs.get(trace.id());
  }
}
