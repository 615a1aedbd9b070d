package io.traceforge.storage.sqlite;

import io.traceforge.storage.Page;
import io.traceforge.storage.SearchHit;
import io.traceforge.storage.SearchQuery;
import io.traceforge.storage.TraceSearch;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Searches with FTS5. Brings the index up to date first, so that it sees all that was stored; if
 * nothing may be written, it looks besides through what is not indexed yet.
 */
final class SqliteSearch implements TraceSearch {
  private final @Nullable SearchUpkeep upkeep;
  private final ReaderPool readers;
  private final Path file;
  private final SnippetPool snippets = new SnippetPool();

  /**
   * Creates the search.
   *
   * @param upkeep what keeps the index, or {@code null} if nothing may be written
   */
  SqliteSearch(@Nullable SearchUpkeep upkeep, ReaderPool readers, Path file) {
    this.upkeep = upkeep;
    this.readers = readers;
    this.file = file;
  }

  @Override
  public Page<SearchHit> search(SearchQuery query) {
    SearchRun.Place.after(query.cursor()); // a malformed one is told even if nothing is found
    String words = SearchExpression.of(query.text());
    if (words == null) {
      return new Page<>(List.of(), null);
    }
    catchUp();
    return readers.read("search", database -> page(database, query, words));
  }

  @Override
  public long count(SearchQuery query) {
    String words = SearchExpression.of(query.text());
    if (words == null) {
      return 0;
    }
    catchUp();
    return readers.read(
        "search",
        database ->
            upkeep == null
                ? new LateSearch(database, query, words).count()
                : new SearchRun(database, query, words).count());
  }

  private void catchUp() {
    if (upkeep != null) {
      upkeep.catchUp();
    }
  }

  private List<SearchRun.Hit> hits(Database database, SearchQuery query, String words)
      throws SQLException {
    return upkeep == null
        ? new LateSearch(database, query, words).hits()
        : new SearchRun(database, query, words).hits();
  }

  private Page<SearchHit> page(Database database, SearchQuery query, String words)
      throws SQLException {
    Page<SearchRun.Hit> page =
        Page.of(hits(database, query, words), query.limit(), hit -> hit.place().toString());
    try {
      Map<Long, Snippets.Snippet> made = snippets.of(texts(database, page.items()), words);
      return new Page<>(
          page.items().stream()
              .map(hit -> hit(hit, made.getOrDefault(hit.place().part(), Snippets.NONE)))
              .toList(),
          page.nextCursor());
    } catch (SQLException e) {
      throw Failures.of("search", file, e);
    }
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
