package io.traceforge.viewer.internal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.traceforge.pricing.Cost;
import io.traceforge.pricing.PriceBook;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionTimeline;
import io.traceforge.trace.SessionTimeline.Step;
import io.traceforge.trace.TraceStatus;
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
    SessionTimeline timeline =
        SessionTimeline.of(session, storage.listTracesBySession(session.sessionId()));
    Cost cost = prices.costOf(timeline);
    JsonText json =
        new JsonText()
            .beginObject()
            .member("session_id", session.sessionId())
            .member("known_cost_usd", cost.knownUsd())
            .member("unknown_cost_traces", cost.unknownTraces())
            .name("steps")
            .beginArray();
    timeline.steps().forEach(step -> write(json, step));
    return json.endArray().endObject().toString();
  }

  private static void write(JsonText json, Step step) {
    json.beginObject()
        .member("step", step.index())
        .member("duration_ms", step.durationMs())
        .member("status", status(step))
        .endObject();
  }

  /** A step is as bad as the worst of its calls. */
  private static String status(Step step) {
    for (TraceStatus status :
        new TraceStatus[] {TraceStatus.ERROR, TraceStatus.IN_PROGRESS, TraceStatus.CANCELLED}) {
      if (step.calls().stream().anyMatch(call -> call.status() == status)) {
        return Names.of(status);
      }
    }
    return Names.of(TraceStatus.SUCCESS);
  }
}
