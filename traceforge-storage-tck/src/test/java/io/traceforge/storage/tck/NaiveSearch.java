package io.traceforge.storage.tck;

import com.google.gson.JsonElement;
import io.traceforge.storage.Page;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.TraceSearch;
import io.traceforge.trace.Trace;
import io.traceforge.trace.TraceBody;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Searches by reading everything. What it finds are the members named {@code content}. */
final class NaiveSearch implements TraceSearch {
  private static final int AROUND = 60;
  private static final Comparator<Said> NEWEST_FIRST =
      Comparator.comparingInt(Said::text).thenComparingInt(Said::call).reversed();

  private final StorageBackend backend;
  private final Map<String, Integer> order;

  /**
   * @param order the numbers of traces by the time at which they were stored first
   */
  NaiveSearch(StorageBackend backend, Map<String, Integer> order) {
    this.backend = backend;
    this.order = order;
  }

  /** A text that a call brought. Both have numbers that rise with time. */
  private record Said(int text, int call, Trace trace, String content, List<Word> words) {}

  @Override
  public Page<SearchHit> search(SearchQuery query) {
    NaiveQuery words = new NaiveQuery(query.text());
    List<Said> found = found(query, words);
    int[] after = query.cursor() == null ? null : cursor(query.cursor());
    if (query.ranked()) {
      found.sort(Comparator.comparingDouble(said -> -rank(said, words)));
      found = found.subList(0, Math.min(found.size(), query.limit()));
    } else if (after != null) {
      found.removeIf(
          said -> said.text() > after[0] || (said.text() == after[0] && said.call() >= after[1]));
    }
    List<Said> page = found.subList(0, Math.min(found.size(), query.limit() + 1));
    Page<Said> cut = Page.of(page, query.limit(), said -> said.text() + "~" + said.call());
    return new Page<>(
        cut.items().stream().map(said -> hit(said, words)).toList(), cut.nextCursor());
  }

  @Override
  public long count(SearchQuery query) {
    return found(query, new NaiveQuery(query.text())).size();
  }

  private static int[] cursor(String cursor) {
    String[] parts = cursor.split("~", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException("cursor: not one of a page's: " + cursor);
    }
    return new int[] {Integer.parseInt(parts[0]), Integer.parseInt(parts[1])};
  }

  private List<Said> found(SearchQuery query, NaiveQuery words) {
    List<Said> found = new ArrayList<>();
    for (Said said : said()) {
      if (matches(said.trace(), query) && words.means(said.words())) {
        found.add(said);
      }
    }
    found.sort(NEWEST_FIRST);
    return found;
  }

  /** Returns each text once for each session. */
  private List<Said> said() {
    List<Trace> traces = new ArrayList<>(ForwardingBackend.all(backend));
    traces.sort(Comparator.comparing(trace -> order.get(trace.id())));
    List<Said> said = new ArrayList<>();
    Map<String, Integer> texts = new HashMap<>();
    Set<List<String>> known = new HashSet<>();
    for (Trace trace : traces) {
      int call = Objects.requireNonNull(order.get(trace.id()));
      String holder = trace.sessionId() == null ? trace.id() : "s " + trace.sessionId();
      List<String> contents = contents(trace);
      for (int i = 0; i < contents.size(); i++) {
        String content = contents.get(i);
        int fresh = call * 1_000 + i;
        Integer text = texts.putIfAbsent(content, fresh);
        if (known.add(List.of(holder, content))) {
          said.add(new Said(text == null ? fresh : text, call, trace, content, Word.of(content)));
        }
      }
    }
    return said;
  }

  private static List<String> contents(Trace trace) {
    List<String> contents = new ArrayList<>();
    collect(trace.request().body(), contents);
    if (trace.response() != null) {
      collect(trace.response().answerBody(), contents);
    }
    return contents;
  }

  private static void collect(@Nullable TraceBody body, List<String> contents) {
    if (body != null) {
      body.json().ifPresent(json -> collect(json, contents));
    }
  }

  private static void collect(JsonElement json, List<String> contents) {
    if (json.isJsonArray()) {
      json.getAsJsonArray().forEach(item -> collect(item, contents));
    } else if (json.isJsonObject()) {
      json.getAsJsonObject()
          .asMap()
          .forEach(
              (name, value) -> {
                if (name.equals("content") && value.isJsonPrimitive()) {
                  contents.add(value.getAsString());
                }
                collect(value, contents);
              });
    }
  }

  private static boolean matches(Trace trace, SearchQuery query) {
    return (query.sessionId() == null || query.sessionId().equals(trace.sessionId()))
        && (query.model() == null || query.model().equals(trace.metadata().model()))
        && (query.provider() == null || query.provider().equals(trace.metadata().provider()))
        && (query.status() == null || query.status() == trace.status())
        && (query.from() == null || !trace.startTime().isBefore(query.from()))
        && (query.before() == null || trace.startTime().isBefore(query.before()));
  }

  private static double rank(Said said, NaiveQuery words) {
    return (double) words.named(said.words()).size() / said.words().size();
  }

  private static SearchHit hit(Said said, NaiveQuery words) {
    List<Word> named = words.named(said.words());
    String content = said.content();
    int place = named.isEmpty() ? 0 : named.get(0).start();
    int from = Math.max(0, place - AROUND);
    int to = Math.min(content.length(), place + 2 * AROUND);
    String before = from == 0 ? "" : "…";
    List<SearchHit.Mark> marks =
        named.stream()
            .filter(word -> word.end() <= to)
            .map(word -> new SearchHit.Mark(shift(word.start(), from), shift(word.end(), from)))
            .toList();
    Trace trace = said.trace();
    return SearchHit.builder()
        .traceId(trace.id())
        .sessionId(trace.sessionId())
        .stepIndex(trace.stepIndex())
        .startTime(trace.startTime())
        .snippet(before + content.substring(from, to) + (to == content.length() ? "" : "…"))
        .marks(marks)
        .build();
  }

  private static int shift(int index, int from) {
    return index - from + (from == 0 ? 0 : 1);
  }
}
