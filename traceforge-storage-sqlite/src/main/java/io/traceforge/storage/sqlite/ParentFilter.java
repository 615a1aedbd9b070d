package io.traceforge.storage.sqlite;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Restricts a query to the traces that were made for one of many others. The ids go to the engine
 * as one JSON array, so that there is one statement for any number of them.
 */
final class ParentFilter {
  private static final Gson JSON = new Gson();

  private ParentFilter() {}

  static void add(Conditions conditions, Collection<String> parentTraceIds) {
    List<String> plain = new ArrayList<>();
    List<String> odd = new ArrayList<>();
    parentTraceIds.forEach(id -> (isPlain(id) ? plain : odd).add(id));
    // The engine uses the partial index only for a query that repeats the index's own condition.
    conditions.add("parent_trace_id IS NOT NULL");
    conditions.add(
        "parent_trace_id IN (SELECT value FROM json_each(?)"
            + " UNION ALL SELECT ?".repeat(odd.size())
            + ")",
        binder -> {
          binder.text(JSON.toJson(plain));
          for (String id : odd) {
            binder.text(id);
          }
        });
  }

  /** JSON in the engine ends at a NUL, and has no form for half a surrogate pair. */
  private static boolean isPlain(String id) {
    return id.indexOf('\0') < 0 && Text.isWellFormed(id);
  }
}
