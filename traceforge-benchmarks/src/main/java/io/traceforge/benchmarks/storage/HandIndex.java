package io.traceforge.benchmarks.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A search index by hand over the texts of our file: an FTS5 table of the same kind in a file of
 * its own, which nobody else uses, with the texts as they are stored. One transaction takes all the
 * texts that it is given, which is the fastest, and would hold a writer up for as long.
 */
final class HandIndex implements AutoCloseable {
  private final Connection ours;
  private final Connection index;
  private final PreparedStatement texts;
  private final PreparedStatement insert;
  private long done;

  HandIndex(Path ourFile, Path file) throws SQLException {
    ours = Sql.open(ourFile);
    index =
        Sql.open(
            file,
            "PRAGMA page_size = 16384",
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = NORMAL",
            "CREATE VIRTUAL TABLE search USING fts5 (text, content = '', contentless_delete = 1,"
                + " tokenize = 'unicode61 remove_diacritics 2')");
    index.setAutoCommit(false);
    // Searchable ones without holes: a text with holes has none but the names of JSON.
    texts =
        ours.prepareStatement(
            "SELECT id, content FROM parts WHERE id > ? AND id <= ? AND kind = 2 ORDER BY id");
    insert = index.prepareStatement("INSERT INTO search (rowid, text) VALUES (?, ?)");
  }

  /** Returns up to which part our own index has got. */
  long ourProgress() throws SQLException {
    return Sql.number(ours, "SELECT indexed FROM housekeeping");
  }

  /** Returns how many texts our own index has. */
  long ourTexts() throws SQLException {
    return Sql.number(ours, "SELECT count(*) FROM search_docsize");
  }

  long traces() throws SQLException {
    return Sql.number(ours, "SELECT count(*) FROM traces");
  }

  /** Indexes what lies between the last part of the call before and this one. */
  long goOn(long last) throws SQLException {
    texts.setLong(1, done);
    texts.setLong(2, last);
    long count = 0;
    try (ResultSet row = texts.executeQuery()) {
      while (row.next()) {
        insert.setLong(1, row.getLong(1));
        insert.setBytes(2, row.getBytes(2));
        insert.executeUpdate();
        count++;
      }
    }
    index.commit();
    done = last;
    return count;
  }

  @Override
  public void close() {
    Sql.run(
        () -> {
          ours.close();
          index.close();
        });
  }
}
