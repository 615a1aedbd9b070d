package io.traceforge.storage.sqlite;

import io.traceforge.storage.Page;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.TraceSearch;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Searches with FTS5. */
final class SqliteSearch implements TraceSearch {
  /** Texts may be large: not all of a page are in memory at a time. */
  private static final int TEXTS_AT_ONCE = 32;

  private final CompleteSearch complete;
  private final Path file;
  private final SnippetPool snippets = new SnippetPool();

  SqliteSearch(CompleteSearch complete, Path file) {
    this.complete = complete;
    this.file = file;
  }

  @Override
  public Page<SearchHit> search(SearchQuery query) {
    SearchRun.Place.after(query.cursor()); // a malformed one is told even if nothing is found
    String words = SearchExpression.of(query.text());
    if (words == null) {
      return new Page<>(List.of(), null);
    }
    return search(query, words, found -> page(found, query, words));
  }

  @Override
  public long count(SearchQuery query) {
    String words = SearchExpression.of(query.text());
    return words == null ? 0 : search(query, words, found -> found.search().count());
  }

  /** A search in the state of the file that is read with it. */
  private record Found(LateSearch search, Database database) {}

  private <T> T search(SearchQuery query, String words, SqlFunction<Found, T> reading) {
    return complete.run(
        (reader, late) -> {
          SearchRun run = new SearchRun(reader, query, words);
          return reading.apply(new Found(new LateSearch(run, late), reader));
        });
  }

  private Page<SearchHit> page(Found found, SearchQuery query, String words) throws SQLException {
    Page<SearchRun.Hit> page =
        Page.of(found.search().hits(), query.limit(), hit -> hit.place().toString());
    List<SearchHit> hits = new ArrayList<>();
    for (int from = 0; from < page.items().size(); from += TEXTS_AT_ONCE) {
      int to = Math.min(page.items().size(), from + TEXTS_AT_ONCE);
      hits.addAll(withSnippets(found.database(), page.items().subList(from, to), words));
    }
    return new Page<>(hits, page.nextCursor());
  }

  private List<SearchHit> withSnippets(Database database, List<SearchRun.Hit> hits, String words)
      throws SQLException {
    Map<Long, Snippets.Snippet> made = snippets.of(texts(database, hits), words);
    return hits.stream()
        .map(hit -> hit(hit, made.getOrDefault(hit.place().part(), Snippets.NONE)))
        .toList();
  }

  private static Map<Long, String> texts(Database database, List<SearchRun.Hit> hits)
      throws SQLException {
    List<Long> numbers = hits.stream().map(hit -> hit.place().part()).distinct().toList();
    PartReader parts = new PartReader(database);
    parts.load(numbers);
    Map<Long, String> texts = new HashMap<>();
    for (long number : numbers) {
      texts.put(number, SearchText.of(parts.own(number)).words());
    }
    return texts;
  }

  /** To be called when nobody searches any more. */
  void close() {
    try {
      snippets.close();
    } catch (SQLException e) {
      throw Failures.of("close", file, e);
    }
  }

  private static SearchHit hit(SearchRun.Hit hit, Snippets.Snippet snippet) {
    return SearchHit.builder()
        .traceId(hit.traceId())
        .sessionId(hit.sessionId())
        .stepIndex(hit.stepIndex())
        .startTime(hit.startTime())
        .snippet(snippet.text())
        .marks(snippet.marks())
        .build();
  }
}
