package io.traceforge.storage.sqlite;

import io.traceforge.storage.SearchHit.Mark;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the places in texts that a query is about. The index does not keep texts, so the engine is
 * given the few texts again, in memory. Used by one thread at a time.
 */
final class Snippets implements AutoCloseable {
  private static final char BEGIN = '\u0001';
  private static final char END = '\u0002';
  static final int WORDS = 32;
  private static final String FIND =
      "SELECT rowid, CAST(snippet(some, 0, char(1), char(2), '…', "
          + WORDS
          + ") AS TEXT) FROM some WHERE some MATCH ?";

  /** What is told of a text whose place was not found. */
  static final Snippet NONE = new Snippet("", List.of());

  private final Database memory;

  /**
   * A part of a text.
   *
   * @param marks where it stands what was looked for
   */
  record Snippet(String text, List<Mark> marks) {}

  Snippets() throws SQLException {
    memory = Database.inMemory();
    memory.execute(
        "CREATE VIRTUAL TABLE some USING fts5 (text, tokenize = '" + SearchIndex.TOKENIZER + "')");
  }

  /**
   * Returns the parts of some texts that fit a query of FTS5 best. All texts go through the engine
   * at once, in a transaction that is taken back: to index them one by one takes far longer.
   */
  Map<Long, Snippet> of(Map<Long, String> texts, String query) throws SQLException {
    memory.execute("BEGIN");
    try {
      for (Map.Entry<Long, String> text : texts.entrySet()) {
        add(text.getKey(), text.getValue().replace(BEGIN, ' ').replace(END, ' '));
      }
      Map<Long, Snippet> snippets = new HashMap<>();
      memory.list(
          FIND,
          binder -> binder.text(query),
          row -> snippets.put(row.number(), parse(row.string())));
      return snippets;
    } finally {
      memory.execute("ROLLBACK");
    }
  }

  private void add(long number, String text) throws SQLException {
    memory.update(
        "INSERT INTO some (rowid, text) VALUES (?, ?)",
        binder -> binder.number(number).bytes(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static Snippet parse(String marked) {
    StringBuilder text = new StringBuilder(marked.length());
    List<Mark> marks = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i < marked.length(); i++) {
      char c = marked.charAt(i);
      if (c == BEGIN) {
        begin = text.length();
      } else if (c == END) {
        marks.add(new Mark(begin, text.length()));
      } else {
        text.append(c);
      }
    }
    return new Snippet(text.toString(), marks);
  }

  @Override
  public void close() throws SQLException {
    memory.close();
  }
}
