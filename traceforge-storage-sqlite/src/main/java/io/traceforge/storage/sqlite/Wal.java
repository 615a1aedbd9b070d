package io.traceforge.storage.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The WAL of the connection that writes. The engine copies it into the file after a commit, as far
 * as nobody reads what was before, and begins it anew when nobody reads it at all. Where readers
 * take turns, that may never be so; then it is asked to wait for them a little.
 */
final class Wal {
  /** From this length on the engine's own way does not do. */
  private static final long LONG = 2L * Connections.WAL_BYTES;

  /**
   * How often, and how long each time, a writer waits for readers: ours are done by then, a shell
   * left open never is. Several times, because the engine waits for a place among readers, which
   * those that come meanwhile share; asked again, it sees that they do not mind.
   */
  private static final int ATTEMPTS = 5;

  private static final int PATIENCE_MILLIS = 50;

  private final Database database;
  private final Path file;
  private long tooLong = LONG;

  Wal(Database database, Path file) {
    this.database = database;
    this.file = DatabaseFile.beside(file, "-wal");
  }

  /** Begins the WAL anew if it has become long. Called outside transactions. */
  void keepShort() throws SQLException {
    long length = length();
    if (length > tooLong) {
      copy();
      length = length();
      // Somebody reads and reads: try again when there is as much again, not at each commit.
      tooLong = Math.max(LONG, length + Connections.WAL_BYTES);
    } else if (length <= LONG) {
      tooLong = LONG;
    }
  }

  private long length() {
    try {
      return Files.size(file);
    } catch (IOException missing) {
      return 0;
    }
  }

  /** Copies the WAL into the file and begins it anew, if readers let go soon. */
  void copy() throws SQLException {
    long timeout = database.findNumber("PRAGMA busy_timeout");
    database.findNumber("PRAGMA busy_timeout = " + Math.min(timeout, PATIENCE_MILLIS));
    try {
      boolean busy = true;
      for (int attempt = 0; busy && attempt < ATTEMPTS; attempt++) {
        busy = database.findNumber("PRAGMA wal_checkpoint(TRUNCATE)") != 0;
      }
    } finally {
      database.findNumber("PRAGMA busy_timeout = " + timeout);
    }
  }
}
