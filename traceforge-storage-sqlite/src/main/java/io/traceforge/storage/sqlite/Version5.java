package io.traceforge.storage.sqlite;

import java.util.List;

/** See {@link FinalStates}: sessions of before have none. */
final class Version5 {
  static final List<String> STATEMENTS =
      List.of(
          """
          CREATE TABLE final_states (
            session INTEGER PRIMARY KEY,
            step_index INTEGER NOT NULL,
            state TEXT NOT NULL
          )
          """);

  private Version5() {}
}
