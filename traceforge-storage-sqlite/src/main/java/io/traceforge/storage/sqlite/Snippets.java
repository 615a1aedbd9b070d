package io.traceforge.storage.sqlite;

import io.traceforge.storage.SearchHit.Mark;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the place in a text that a query is about. The index does not keep texts, so the engine is
 * given the one text again, in memory.
 */
final class Snippets implements AutoCloseable {
  private static final char BEGIN = '\u0001';
  private static final char END = '\u0002';
  private static final int WORDS = 32;

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
        "CREATE VIRTUAL TABLE one USING fts5 (text, tokenize = '" + SearchIndex.TOKENIZER + "')");
  }

  /** Returns the part of a text that fits a query of FTS5 best. */
  Snippet of(String text, String query) throws SQLException {
    String clean = text.replace(BEGIN, ' ').replace(END, ' ');
    memory.update(
        "INSERT INTO one (rowid, text) VALUES (1, ?)",
        binder -> binder.bytes(clean.getBytes(StandardCharsets.UTF_8)));
    try {
      List<String> found =
          memory.list(
              "SELECT CAST(snippet(one, 0, char(1), char(2), '…', "
                  + WORDS
                  + ") AS TEXT) FROM one WHERE one MATCH ?",
              binder -> binder.text(query),
              Row::string);
      return found.isEmpty() ? NONE : parse(found.get(0));
    } finally {
      memory.execute("DELETE FROM one");
    }
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
