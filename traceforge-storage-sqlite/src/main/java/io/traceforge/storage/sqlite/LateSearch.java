package io.traceforge.storage.sqlite;

import io.traceforge.storage.SearchQuery;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * A search where nothing may be written, so that the index may be behind. What it lacks goes into
 * an index in memory, for this one search. Texts that are not indexed yet are the newest ones.
 */
final class LateSearch {
  /** While they are there, they hide the file's tables of their names. */
  private static final List<String> CREATE =
      List.of(
          "CREATE VIRTUAL TABLE temp.search USING fts5 (text, content = '', tokenize = '"
              + SearchIndex.TOKENIZER
              + "')",
          "CREATE TABLE temp.search_texts (holder INTEGER, hash INTEGER, part INTEGER,"
              + " PRIMARY KEY (holder, hash)) WITHOUT ROWID",
          "CREATE TABLE temp.search_repeats (part INTEGER PRIMARY KEY, older INTEGER)",
          // What is new may repeat what is indexed.
          "INSERT INTO temp.search_texts SELECT * FROM main.search_texts WHERE holder IN"
              + " (SELECT holder FROM part_origins, housekeeping WHERE id > indexed)");

  private static final List<String> DROP =
      List.of(
          "DROP TABLE temp.search",
          "DROP TABLE temp.search_texts",
          "DROP TABLE temp.search_repeats");

  private final Database database;
  private final SearchQuery query;
  private final String words;

  LateSearch(Database database, SearchQuery query, String words) {
    this.database = database;
    this.query = query;
    this.words = words;
  }

  /** Returns the hits that the query asks for, and one more if there are more. */
  List<SearchRun.Hit> hits() throws SQLException {
    return database.readTransaction(
        reader -> {
          List<SearchRun.Hit> hits = new ArrayList<>();
          int most = query.ranked() ? query.limit() : query.limit() + 1;
          if (SearchIndex.newestMissing(reader) > 0) {
            hits.addAll(amongMissing(SearchRun::hits));
          }
          if (hits.size() < most) {
            hits.addAll(run().hits());
          }
          return List.copyOf(hits.subList(0, Math.min(hits.size(), most)));
        });
  }

  /** Returns how many hits there are on all pages. */
  long count() throws SQLException {
    return database.readTransaction(
        reader -> {
          boolean behind = SearchIndex.newestMissing(reader) > 0;
          return (behind ? amongMissing(SearchRun::count) : 0) + run().count();
        });
  }

  private SearchRun run() {
    return new SearchRun(database, query, words);
  }

  /** Who fails here need not clean up: the connection is not used again. */
  private <T> T amongMissing(SqlFunction<SearchRun, T> search) throws SQLException {
    database.execute("PRAGMA query_only = FALSE"); // it is about tables in memory too
    execute(CREATE);
    SearchIndex.addMissing(database);
    T found = search.apply(run());
    execute(DROP);
    database.execute("PRAGMA query_only = TRUE");
    return found;
  }

  private void execute(List<String> statements) throws SQLException {
    for (String statement : statements) {
      database.execute(statement);
    }
  }
}
