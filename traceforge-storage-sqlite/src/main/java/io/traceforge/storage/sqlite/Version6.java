package io.traceforge.storage.sqlite;

import java.util.List;

/**
 * Runs of pieces (see {@link Runs}): a text may have parts that have parts with parts inside. Rows
 * of before stay as they are.
 */
final class Version6 {
  static final List<String> STATEMENTS =
      List.of(
          "DROP VIEW traces_json",
          "DROP VIEW parts_text",
          "CREATE VIEW parts_inside AS SELECT id, "
              + Version2.filled("kind & 1", "content", "parts", "CAST(content AS TEXT)")
              + " AS text FROM parts",
          "CREATE VIEW parts_text AS SELECT id, "
              + Version2.filled("kind & 1", "content", "parts_inside", "text")
              + " AS text FROM parts",
          Version2.tracesJson());

  private Version6() {}
}
