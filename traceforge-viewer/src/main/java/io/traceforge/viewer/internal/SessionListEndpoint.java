package io.traceforge.viewer.internal;

import io.traceforge.storage.Page;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.SessionKey;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.SessionJson;
import io.traceforge.trace.SessionMetadata;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The list of sessions, the newest first. */
final class SessionListEndpoint {
  private static final int LIMIT = 50;
  private static final int MOST = 500;

  /** How many hits of a search are looked at for the sessions they stand in. */
  private static final int MOST_HITS = 3_000;

  private static final int HITS_A_PAGE = 1_000;
  private final StorageBackend storage;

  SessionListEndpoint(StorageBackend storage) {
    this.storage = storage;
  }

  void answer(ApiCall call) throws IOException {
    SessionFilter filter = SessionFilter.of(call);
    int limit = call.number("limit", 1, MOST, LIMIT);
    String text = call.parameter("q");
    String after = call.parameter("after");
    Page<SessionMetadata> page =
        text == null
            ? storage.listSessions(filter.query(limit).after(after))
            : saying(text, filter, limit, after);
    call.json(json(page));
  }

  /** Returns the sessions in which something was said, and the one that is named so. */
  private Page<SessionMetadata> saying(
      String text, SessionFilter filter, int limit, @Nullable String after) {
    SessionKey last = after == null ? null : SessionKey.fromCursor(after);
    List<SessionMetadata> found =
        sessionIds(text).stream()
            .map(storage::getSessionMetadata)
            .flatMap(Optional::stream)
            .filter(filter::matches)
            .filter(session -> last == null || key(session).compareTo(last) < 0)
            .sorted(Comparator.comparing(SessionListEndpoint::key).reversed())
            .limit(limit + 1L)
            .toList();
    return Page.of(found, limit, session -> key(session).toCursor());
  }

  private Set<String> sessionIds(String text) {
    Set<String> ids = new LinkedHashSet<>(Set.of(text));
    TraceSearch search = storage.search().orElse(null);
    String cursor = null;
    for (int hits = 0; search != null && hits < MOST_HITS; hits += HITS_A_PAGE) {
      SearchQuery query = SearchQuery.of(text).withLimit(HITS_A_PAGE).after(cursor);
      Page<SearchHit> page = search.search(query);
      page.items().stream().map(SearchHit::sessionId).filter(Objects::nonNull).forEach(ids::add);
      cursor = page.nextCursor();
      if (cursor == null) {
        return ids;
      }
    }
    return ids;
  }

  private static SessionKey key(SessionMetadata session) {
    Instant start = session.startTime();
    return new SessionKey(start == null ? Instant.EPOCH : start, session.sessionId());
  }

  private static String json(Page<SessionMetadata> page) {
    JsonText json = new JsonText().beginObject().name("sessions").beginArray();
    page.items().forEach(session -> json.raw(SessionJson.write(session)));
    return json.endArray().member("next_cursor", page.nextCursor()).endObject().toString();
  }
}
