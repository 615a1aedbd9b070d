package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * Connects to a file and leaves it and its directory as they are.
 *
 * <p>As long as somebody writes, the engine's own files lie beside it and can be used together with
 * him. Else the engine would make them, with the rights of who looks, and leave them behind; so it
 * is told that nobody writes, and we watch that it stays so.
 *
 * @param config of a connection that reads only
 * @param patience how long to try while others come and go
 */
record ReadOnlyFile(Path file, SQLiteConfig config, Duration patience) {

  Database connect() throws SQLException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      FileStamp stamp = stamp();
      try {
        return connect(stamp);
      } catch (SQLException | StorageException e) {
        if (isAsBefore(stamp) || System.nanoTime() - deadline >= 0) {
          if (stamp == null && e instanceof SQLException failure) {
            explain(failure);
          }
          throw e;
        }
      }
    }
  }

  private @Nullable FileStamp stamp() {
    try {
      return FileStamp.take(file);
    } catch (IOException e) {
      throw new StorageException("cannot read " + file + ": " + e, e);
    }
  }

  private boolean isAsBefore(@Nullable FileStamp stamp) {
    return stamp == null ? DatabaseFile.hasSomethingBeside(file) : stamp.holds();
  }

  /** The engine makes what it needs beside a WAL, unless this user may not. */
  private void explain(SQLException failure) {
    if (Failures.isForbidden(failure)) {
      throw new StorageException(
          "cannot read "
              + file
              + ": what was stored last lies in a file beside it, where this user may write nothing;"
              + " make the directory writable, or copy the files elsewhere ("
              + failure.getMessage()
              + ")",
          failure);
    }
  }

  private Database connect(@Nullable FileStamp stamp) throws SQLException {
    Database reader =
        stamp == null
            ? Database.connect(file, config)
            : Database.connectResting(file, config, stamp);
    boolean usable = false;
    try {
      reader.execute("PRAGMA query_only = TRUE");
      Schema.checkReadable(reader, file);
      usable = true;
      return reader;
    } finally {
      if (!usable) {
        reader.close();
      }
    }
  }
}
