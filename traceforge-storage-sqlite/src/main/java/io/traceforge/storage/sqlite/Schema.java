package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables, and how to bring an older file up to date. {@code user_version} tells how many of
 * {@link #STEPS} a file has been through; a step that has been released never changes.
 *
 * <p>The figures of sessions are kept beside the traces, in the same transaction: {@code steps} has
 * the counts of each step, {@code failed_calls} the calls whose last attempt ended in an error,
 * {@code sessions} all that metadata tells. So no reader ever adds traces up.
 */
final class Schema {
  /** "TrFg" in ASCII: tells our files from others in the header ({@code file(1)} shows it). */
  static final int APPLICATION_ID = 0x54724667;

  private static final List<List<String>> STEPS = List.of(version1());

  private Schema() {}

  /** What a file says it is. */
  record Identity(long applicationId, long version, long tables) {

    /** Reads it, in a transaction: another process may just be creating the tables. */
    static Identity read(Database database) throws SQLException {
      return database.readTransaction(Identity::readInTransaction);
    }

    private static Identity readInTransaction(Database database) throws SQLException {
      long tables = database.findNumber("SELECT count(*) FROM sqlite_master");
      return new Identity(
          database.findNumber("PRAGMA application_id"),
          database.findNumber("PRAGMA user_version"),
          tables);
    }

    /**
     * Checks that the file is ours or empty.
     *
     * @throws StorageException if it belongs to another program or to a newer TraceForge
     */
    void check(Path file) {
      boolean empty = applicationId == 0 && tables == 0;
      if (applicationId != APPLICATION_ID && !empty) {
        throw new StorageException(
            "cannot use "
                + file
                + ": it is a database of another program (its application_id is "
                + applicationId
                + ", TraceForge's is "
                + APPLICATION_ID
                + "); choose another file. Nothing in it was changed");
      }
      if (version > STEPS.size()) {
        throw new StorageException(
            "cannot use "
                + file
                + ": a newer TraceForge wrote it (schema "
                + version
                + ", this one knows "
                + STEPS.size()
                + "); use that version or choose another file. Nothing in it was changed");
      }
    }
  }

  /** Brings a file up to date. Several processes may try at once: one does it, the others see. */
  static void migrate(Database database, Path file) throws SQLException {
    Identity identity = Identity.read(database);
    identity.check(file);
    if (identity.version() < STEPS.size()) {
      database.writeTransaction(
          transaction -> {
            Identity current = Identity.readInTransaction(transaction);
            current.check(file);
            applySteps(transaction, (int) current.version());
            return true;
          });
    }
  }

  private static void applySteps(Database database, int done) throws SQLException {
    for (List<String> step : STEPS.subList(done, STEPS.size())) {
      for (String statement : step) {
        database.execute(statement);
      }
    }
    database.execute("PRAGMA application_id = " + APPLICATION_ID);
    database.execute("PRAGMA user_version = " + STEPS.size());
  }

  private static List<String> version1() {
    return List.of(
        // Small columns first, bodies last: reading the first does not touch the pages of the last.
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
  }
}
