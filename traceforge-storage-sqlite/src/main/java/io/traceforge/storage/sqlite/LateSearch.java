package io.traceforge.storage.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A search in the file, and before in what its index lacks, if that is so: texts that are not
 * indexed yet are the newest ones. Used in a transaction, once.
 *
 * @param late what the file's index lacks
 */
record LateSearch(SearchRun run, @Nullable LateIndex late) {

  /** Returns the hits that the query asks for, and one more if there are more. */
  List<SearchRun.Hit> hits() throws SQLException {
    List<SearchRun.Hit> hits = new ArrayList<>();
    if (late != null) {
      hits.addAll(late.searchOnce(run::hits, List.of()));
    }
    if (hits.size() < run.most()) {
      hits.addAll(run.hits());
    }
    return List.copyOf(hits.subList(0, Math.min(hits.size(), run.most())));
  }

  /** Returns how many hits there are on all pages. */
  long count() throws SQLException {
    return (late == null ? 0 : late.searchOnce(run::count, 0L)) + run.count();
  }
}
