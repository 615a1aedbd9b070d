package io.traceforge.storage.sqlite;

import java.util.List;

/** See {@link SearchRepeats}. What is in the search index of a file of before is not looked at. */
final class Version4 {
  static final List<String> STATEMENTS =
      List.of(
          """
          CREATE TABLE search_texts (
            holder INTEGER NOT NULL,
            hash INTEGER NOT NULL,
            part INTEGER NOT NULL,
            PRIMARY KEY (holder, hash)
          ) WITHOUT ROWID
          """,
          "CREATE TABLE search_repeats (part INTEGER PRIMARY KEY, older INTEGER NOT NULL)",
          "CREATE INDEX search_repeats_by_older ON search_repeats (older)");

  private Version4() {}
}
