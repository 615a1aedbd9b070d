package io.traceforge.storage.sqlite;

import java.util.List;

/** Finds the traces that were made for a trace: most have no parent, so the index is small. */
final class Version3 {
  static final List<String> STATEMENTS =
      List.of(
          """
          CREATE INDEX traces_by_parent ON traces (parent_trace_id)
          WHERE parent_trace_id IS NOT NULL
          """);

  private Version3() {}
}
