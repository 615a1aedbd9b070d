package io.traceforge.viewer.internal;

import io.traceforge.export.TraceExport;
import io.traceforge.pricing.PriceBook;
import io.traceforge.storage.Page;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceQuery;
import io.traceforge.trace.SessionJson;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceJson;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;

/** What the API tells of one session. */
final class SessionEndpoints {
  private static final int LIMIT = 50;
  private static final int MOST = 200;
  private final StorageBackend storage;
  private final PriceBook prices;

  SessionEndpoints(StorageBackend storage, PriceBook prices) {
    this.storage = storage;
    this.prices = prices;
  }

  static Problem unknownSession() {
    return Problem.notFound("no session has this id");
  }

  static String idIn(ApiCall call) {
    return call.path().get(2);
  }

  void metadata(ApiCall call) throws IOException {
    call.json(SessionJson.write(session(call)));
  }

  private SessionMetadata session(ApiCall call) {
    return storage.getSessionMetadata(idIn(call)).orElseThrow(SessionEndpoints::unknownSession);
  }

  void timeline(ApiCall call) throws IOException {
    TimelineStorage light = new TimelineStorage(storage, prices);
    call.json(
        light.getTimeline(idIn(call)).orElseThrow(SessionEndpoints::unknownSession).toJson(light));
  }

  void traces(ApiCall call) throws IOException {
    TraceQuery query =
        TraceQuery.ofSession(session(call).sessionId())
            .withLimit(call.number("limit", 1, MOST, LIMIT))
            .after(call.parameter("after"));
    Page<Trace> page = storage.listTraces(query);
    JsonText json = new JsonText().beginObject().name("traces").beginArray();
    page.items().forEach(trace -> json.raw(TraceJson.write(trace)));
    call.json(json.endArray().member("next_cursor", page.nextCursor()).endObject().toString());
  }

  /** Closed only if it is whole: what breaks off must not look as if it had ended. */
  void export(ApiCall call) throws IOException {
    String id = session(call).sessionId();
    String name = id.replaceAll("[^A-Za-z0-9._-]", "_");
    call.header("Content-Disposition", "attachment; filename=\"session-" + name + ".jsonl\"");
    Writer out =
        new BufferedWriter(
            new OutputStreamWriter(call.stream("application/jsonl"), StandardCharsets.UTF_8),
            1 << 16);
    TraceExport.session(storage, id).to(out);
    out.close();
  }
}
