package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;

/**
 * The databases in memory that make snippets. They are kept, as to make one takes longer than to
 * search; there are as many as there are threads that search at the same time. Thread-safe.
 */
final class SnippetPool {
  private final ConcurrentLinkedDeque<Snippets> idle = new ConcurrentLinkedDeque<>();

  /** Returns the parts of some texts that fit a query of FTS5. */
  Map<Long, Snippets.Snippet> of(Map<Long, String> texts, String query) throws SQLException {
    Map<Long, Snippets.Snippet> snippets = new HashMap<>();
    Map<Long, String> rest = new HashMap<>(texts);
    String word = WordSnippet.wordOf(query);
    if (word != null) {
      texts.forEach(
          (number, text) -> {
            Snippets.Snippet snippet = WordSnippet.of(text, word);
            if (snippet != null) {
              snippets.put(number, snippet);
              rest.remove(number);
            }
          });
    }
    snippets.putAll(byEngine(rest, query));
    return snippets;
  }

  private Map<Long, Snippets.Snippet> byEngine(Map<Long, String> texts, String query)
      throws SQLException {
    if (texts.isEmpty()) {
      return Map.of();
    }
    Snippets known = idle.pollLast();
    Snippets maker = known == null ? new Snippets() : known;
    boolean healthy = false;
    try {
      Map<Long, Snippets.Snippet> snippets = maker.of(texts, query);
      healthy = true;
      return snippets;
    } finally {
      if (healthy) {
        idle.addLast(maker);
      } else {
        maker.close();
      }
    }
  }

  /** Closes those that are idle; to be called when nobody searches any more. */
  void close() throws SQLException {
    for (Snippets maker = idle.poll(); maker != null; maker = idle.poll()) {
      maker.close();
    }
  }
}
