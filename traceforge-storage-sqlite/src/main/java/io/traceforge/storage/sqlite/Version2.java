package io.traceforge.storage.sqlite;

import java.util.List;

/**
 * Parts that are stored once, and a search over them. Rows of before stay as they are: their bodies
 * are of the plain form.
 */
final class Version2 {
  static final List<String> STATEMENTS =
      List.of(
          "ALTER TABLE traces ADD COLUMN request_form INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE traces ADD COLUMN response_form INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE traces ADD COLUMN assembled_form INTEGER NOT NULL DEFAULT 0",
          // Ties are rare: the engine sorts them faster than it keeps ids in the indexes.
          "DROP INDEX traces_by_step",
          """
          CREATE INDEX traces_by_step ON traces (session_id, step_index, start_ns)
          WHERE session_id IS NOT NULL
          """,
          "DROP INDEX traces_by_start",
          "CREATE INDEX traces_by_start ON traces (start_ns)",
          "DROP INDEX traces_by_status",
          "CREATE INDEX traces_by_status ON traces (status, start_ns) WHERE status <> 'SUCCESS'",
          "CREATE INDEX traces_of_no_session ON traces (start_ns) WHERE session_id IS NULL",
          "CREATE TABLE parts (id INTEGER PRIMARY KEY, kind INTEGER NOT NULL, content BLOB)",
          // Beside the parts, because it is read without them.
          """
          CREATE TABLE part_origins (
            id INTEGER PRIMARY KEY,
            hash BLOB NOT NULL,
            holder INTEGER NOT NULL,
            trace INTEGER NOT NULL
          )
          """,
          "CREATE INDEX part_origins_by_holder ON part_origins (holder)",
          """
          CREATE TABLE part_uses (
            part INTEGER NOT NULL,
            holder INTEGER NOT NULL,
            trace INTEGER NOT NULL,
            PRIMARY KEY (part, holder)
          ) WITHOUT ROWID
          """,
          "CREATE INDEX part_uses_by_holder ON part_uses (holder)",
          "CREATE TABLE housekeeping (collections INTEGER NOT NULL, indexed INTEGER NOT NULL)",
          "INSERT INTO housekeeping VALUES (0, 0)",
          """
          CREATE VIRTUAL TABLE search USING fts5 (
            text, content = '', contentless_delete = 1,
            tokenize = 'unicode61 remove_diacritics 2'
          )
          """,
          // See SearchUpkeep.
          "INSERT INTO search (search, rank) VALUES ('automerge', 0)",
          "INSERT INTO search (search, rank) VALUES ('crisismerge', 1000)",
          "INSERT INTO search (search, rank) VALUES ('usermerge', 8)",
          "DROP VIEW traces_text",
          "CREATE VIEW parts_text AS SELECT id, "
              + filled("kind & 1", "content", "parts", "CAST(content AS TEXT)")
              + " AS text FROM parts",
          tracesJson());

  private Version2() {}

  /** For people with the sqlite3 shell, which shows BLOBs badly and nanoseconds as they are. */
  static String tracesJson() {
    return """
        CREATE VIEW traces_json AS
        SELECT id, session_id, step_index, call_number, parent_trace_id, status,
          strftime('%Y-%m-%dT%H:%M:%fZ', start_ns / 1e9, 'unixepoch') AS start_time,
          total_ns / 1000000 AS duration_ms,
          provider, operation, coalesce(request_model, response_model) AS model,
          input_tokens, output_tokens, total_tokens,
          error_type, error_message, finish_reasons, tool_calls,
          CASE WHEN state GLOB '[0-9]*'
            THEN (SELECT text FROM parts_text WHERE parts_text.id = state) ELSE state END AS state,
          method, url, response_status,"""
        + " "
        + body("request")
        + " AS request, coalesce("
        + body("assembled")
        + ", "
        + body("response")
        + ") AS response FROM traces";
  }

  /** A compressed stream, which the shell cannot read, is NULL. */
  private static String body(String name) {
    String column = name + "_body";
    return "CASE WHEN "
        + column
        + " IS NOT NULL AND "
        + name
        + "_form < 2 THEN "
        + filled(name + "_form", column, "parts_text", "text")
        + " END";
  }

  /**
   * A text with its holes filled. It becomes an array of texts and of arrays of numbers: quoted,
   * the control characters at a hole's ends are escapes, which end one text and begin the next. A
   * backslash of the text itself is kept out of the way meanwhile.
   */
  static String filled(String form, String column, String table, String text) {
    String quoted = "replace(json_quote(CAST(" + column + " AS TEXT)), '\\\\', char(1))";
    String split =
        "replace(replace(replace("
            + quoted
            + ", '\\u001f', '\",['), '\\u001e', '],\"'), char(1), '\\\\')";
    return "CASE "
        + form
        + " WHEN 0 THEN CAST("
        + column
        + " AS TEXT) ELSE (SELECT group_concat(CASE piece.type WHEN 'text' THEN piece.value ELSE"
        + " (SELECT group_concat("
        + text
        + ", ',') FROM json_each(piece.value) AS number JOIN "
        + table
        + " AS filling ON filling.id = number.value) END, '')"
        + " FROM json_each('[' || "
        + split
        + " || ']') AS piece) END";
  }
}
