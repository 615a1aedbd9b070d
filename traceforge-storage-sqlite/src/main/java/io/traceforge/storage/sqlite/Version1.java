package io.traceforge.storage.sqlite;

import java.util.List;

/** The tables as they were at first: whole bodies, kept anew with each trace. */
final class Version1 {
  static final List<String> STATEMENTS =
      List.of(
          // Small columns first, bodies last: reading the first does not touch the pages of the
          // last.
          """
        CREATE TABLE traces (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          session_id TEXT,
          step_index INTEGER NOT NULL,
          call_number INTEGER NOT NULL,
          parent_trace_id TEXT,
          status TEXT NOT NULL,
          start_ns INTEGER NOT NULL,
          total_ns INTEGER,
          to_headers_ns INTEGER,
          to_first_byte_ns INTEGER,
          to_first_token_ns INTEGER,
          chunk_count INTEGER NOT NULL,
          fingerprint TEXT NOT NULL,
          retry_count INTEGER,
          provider TEXT,
          operation TEXT,
          request_model TEXT,
          response_model TEXT,
          input_tokens INTEGER,
          output_tokens INTEGER,
          total_tokens INTEGER,
          cached_input_tokens INTEGER,
          cache_write_tokens INTEGER,
          reasoning_tokens INTEGER,
          error_type TEXT,
          error_message TEXT,
          error_code TEXT,
          response_id TEXT,
          finish_reasons TEXT NOT NULL,
          tool_calls TEXT NOT NULL,
          state TEXT NOT NULL,
          method TEXT NOT NULL,
          url TEXT NOT NULL,
          request_headers TEXT NOT NULL,
          request_size INTEGER,
          request_head INTEGER,
          request_media_type TEXT,
          response_status INTEGER,
          response_headers TEXT,
          response_size INTEGER,
          response_head INTEGER,
          response_media_type TEXT,
          assembled_size INTEGER,
          assembled_head INTEGER,
          assembled_media_type TEXT,
          request_body BLOB,
          response_body BLOB,
          assembled_body BLOB
        )
        """,
          """
        CREATE INDEX traces_by_step ON traces (session_id, step_index, start_ns, id)
        WHERE session_id IS NOT NULL
        """,
          """
        CREATE INDEX traces_by_request ON traces (session_id, step_index, fingerprint)
        WHERE session_id IS NOT NULL
        """,
          "CREATE INDEX traces_by_start ON traces (start_ns, id)",
          // Nearly all traces are successes, so this one is small.
          """
        CREATE INDEX traces_by_status ON traces (status, start_ns, id)
        WHERE status <> 'SUCCESS'
        """,
          """
        CREATE TABLE steps (
          session_id TEXT NOT NULL,
          step_index INTEGER NOT NULL,
          traces INTEGER NOT NULL,
          calls INTEGER NOT NULL,
          open_calls INTEGER NOT NULL,
          errors INTEGER NOT NULL,
          PRIMARY KEY (session_id, step_index)
        ) WITHOUT ROWID
        """,
          // Named by the call's first attempt, whose start is the call's place in the step.
          """
        CREATE TABLE failed_calls (
          session_id TEXT NOT NULL,
          step_index INTEGER NOT NULL,
          start_ns INTEGER NOT NULL,
          trace_id TEXT NOT NULL,
          error TEXT NOT NULL,
          PRIMARY KEY (session_id, step_index, start_ns, trace_id)
        ) WITHOUT ROWID
        """,
          """
        CREATE TABLE sessions (
          number INTEGER PRIMARY KEY,
          id TEXT NOT NULL UNIQUE,
          first_seen_ns INTEGER NOT NULL,
          steps INTEGER NOT NULL,
          calls INTEGER NOT NULL,
          traces INTEGER NOT NULL,
          open_calls INTEGER NOT NULL,
          errors INTEGER NOT NULL,
          last_step INTEGER NOT NULL,
          last_step_failure TEXT,
          first_start_ns INTEGER,
          last_start_ns INTEGER,
          last_end_ns INTEGER,
          models TEXT NOT NULL,
          providers TEXT NOT NULL,
          input_tokens INTEGER,
          output_tokens INTEGER,
          total_tokens INTEGER,
          cached_input_tokens INTEGER,
          cache_write_tokens INTEGER,
          reasoning_tokens INTEGER,
          last_call_number INTEGER NOT NULL,
          ended_at_ns INTEGER,
          failure TEXT,
          timeout_ns INTEGER NOT NULL,
          lost_traces INTEGER NOT NULL,
          last_update_ns INTEGER
        )
        """,
          "CREATE INDEX sessions_by_first_seen ON sessions (first_seen_ns, id)",
          // For people with the sqlite3 shell, which shows BLOBs badly and nanoseconds as they are.
          """
        CREATE VIEW traces_text AS
        SELECT id, session_id, step_index, call_number, parent_trace_id, status,
          strftime('%Y-%m-%dT%H:%M:%fZ', start_ns / 1e9, 'unixepoch') AS start_time,
          total_ns / 1000000 AS duration_ms,
          provider, operation, coalesce(request_model, response_model) AS model,
          input_tokens, output_tokens, total_tokens,
          error_type, error_message, finish_reasons, tool_calls, state,
          method, url, response_status,
          CAST(request_body AS TEXT) AS request,
          CAST(coalesce(assembled_body, response_body) AS TEXT) AS response
        FROM traces
        """);

  private Version1() {}
}
