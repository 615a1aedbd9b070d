package io.traceforge.viewer.internal;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.traceforge.storage.Page;
import io.traceforge.storage.SessionQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.trace.SessionMetadata;
import io.traceforge.trace.SessionStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/** What the newest sessions are together, and what a list can be filtered by. */
final class StatsEndpoint {
  private static final int MOST_SESSIONS = 10_000;
  private static final int PAGE = 2_500;
  private static final Duration KEPT = Duration.ofSeconds(5);
  private final StorageBackend storage;
  private final LoadingCache<StatsEndpoint, String> recent =
      Caffeine.newBuilder().expireAfterWrite(KEPT).build(StatsEndpoint::read);

  StatsEndpoint(StorageBackend storage) {
    this.storage = storage;
  }

  void answer(ApiCall call) throws IOException {
    call.json(recent.get(this));
  }

  private String read() {
    Sums sums = new Sums();
    SessionQuery query = SessionQuery.all().withLimit(PAGE);
    Page<SessionMetadata> page = storage.listSessions(query);
    page.items().forEach(sums::add);
    while (page.nextCursor() != null && sums.sessions < MOST_SESSIONS) {
      page = storage.listSessions(query.after(page.nextCursor()));
      page.items().forEach(sums::add);
    }
    return sums.json(page.nextCursor() == null, storage.search().isPresent());
  }

  private static final class Sums {
    private int sessions;
    private long traces;
    private long tokens;
    private long errors;
    private final Map<SessionStatus, Integer> byStatus = new EnumMap<>(SessionStatus.class);
    private final SortedSet<String> models = new TreeSet<>();
    private final SortedSet<String> providers = new TreeSet<>();

    void add(SessionMetadata session) {
      Long used = session.totalTokens();
      sessions++;
      traces += session.totalTraces();
      tokens += used == null ? 0 : used;
      errors += session.errorCount();
      byStatus.merge(session.status(), 1, Integer::sum);
      models.addAll(session.modelsUsed());
      providers.addAll(session.providers());
    }

    String json(boolean complete, boolean searchable) {
      JsonText json =
          new JsonText()
              .beginObject()
              .member("complete", complete)
              .member("sessions", sessions)
              .member("traces", traces)
              .member("tokens", tokens)
              .member("errors", errors)
              .member("searchable", searchable)
              .name("by_status")
              .beginObject();
      byStatus.forEach((status, count) -> json.member(Names.of(status), count));
      json.endObject();
      write(json, "models", models);
      write(json, "providers", providers);
      return json.endObject().toString();
    }

    private static void write(JsonText json, String name, SortedSet<String> names) {
      json.name(name).beginArray();
      names.forEach(json::value);
      json.endArray();
    }
  }
}
