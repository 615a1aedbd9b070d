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

/** Searches with FTS5. Brings the index up to date first, so that it sees all that was stored. */
final class SqliteSearch implements TraceSearch {
  private final Writer writer;
  private final ReaderPool readers;
  private final Path file;

  SqliteSearch(Writer writer, ReaderPool readers, Path file) {
    this.writer = writer;
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
    return readers.read("search", database -> new SearchRun(database, query, words).count());
  }

  /** Brings the index a little further. Returns whether there is more to do. */
  boolean goOn() {
    return !isUpToDate()
        && writer.write(
            "index",
            access -> SearchIndex.goOn(access.database(), SearchIndex.newest(access.database())));
  }

  private boolean isUpToDate() {
    return readers.read("index", SearchIndex::indexed)
        >= readers.read("index", SearchIndex::newest);
  }

  /** In slices, so that whoever stores something meanwhile does not wait for the end. */
  private void catchUp() {
    long last = readers.read("search", SearchIndex::newest);
    boolean more = readers.read("search", SearchIndex::indexed) < last;
    while (more) {
      more = writer.write("search", access -> SearchIndex.goOn(access.database(), last));
    }
  }

  private Page<SearchHit> page(Database database, SearchQuery query, String words)
      throws SQLException {
    Page<SearchRun.Hit> page =
        Page.of(
            new SearchRun(database, query, words).hits(),
            query.limit(),
            hit -> hit.place().toString());
    PartReader parts = new PartReader(database);
    Map<Long, Snippets.Snippet> snippets = new HashMap<>();
    List<SearchHit> hits = new ArrayList<>();
    try (Snippets maker = new Snippets()) {
      for (SearchRun.Hit hit : page.items()) {
        long part = hit.place().part();
        if (!snippets.containsKey(part)) {
          snippets.put(part, maker.of(SearchText.of(parts.own(part)), words));
        }
        hits.add(hit(hit, snippets.getOrDefault(part, Snippets.NONE)));
      }
    } catch (SQLException e) {
      throw Failures.of("search", file, e);
    }
    return new Page<>(hits, page.nextCursor());
  }

  private static SearchHit hit(SearchRun.Hit hit, Snippets.Snippet snippet) {
    return new SearchHit(
        hit.traceId(),
        hit.sessionId(),
        hit.stepIndex(),
        hit.startTime(),
        snippet.text(),
        snippet.marks());
  }
}
