package io.traceforge.storage.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The WAL. It is copied into the file by a connection of its own, as the disk takes its time and
 * others may write meanwhile; the next who writes begins it anew, if all was copied and nobody
 * reads what was before. Where others read and write all the time, that may never be so; then a
 * writer is asked to wait for them a little. Thread-safe.
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

  private final Connections connections;
  private final Path file;
  private final ReentrantLock copying = new ReentrantLock();
  private @Nullable Database copier; // guarded by copying
  private boolean closed; // guarded by copying
  private volatile long tooLong = LONG;

  Wal(Connections connections) {
    this.connections = connections;
    this.file = DatabaseFile.beside(connections.file(), "-wal");
  }

  /**
   * Copies the WAL into the file if there is much in it, unless somebody else is about it. To be
   * called outside transactions, without the writer's lock.
   *
   * @return whether it has grown too long all the same, so that a writer should begin it anew
   */
  boolean copyIfLong() {
    if (length() < Connections.WAL_BYTES || !copying.tryLock()) {
      return false;
    }
    try {
      return !closed && copyAndMeasure();
    } catch (SQLException failed) {
      // What was to be written is committed. If the disk is bad, the next one will tell.
      closeCopier();
      return false;
    } finally {
      copying.unlock();
    }
  }

  private boolean copyAndMeasure() throws SQLException {
    Database database = copier();
    // Too long a WAL is begun anew at the next chance, which needs all of it to be copied.
    long worthIt = length() > LONG ? 1 : Connections.CHECKPOINT_PAGES;
    if (pagesToCopy(database) >= worthIt) {
      database.findNumber("PRAGMA wal_checkpoint(PASSIVE)");
    }
    long length = length();
    if (length <= LONG) {
      tooLong = LONG;
    }
    return length > tooLong;
  }

  private static long pagesToCopy(Database database) throws SQLException {
    return database.list("PRAGMA wal_checkpoint(NOOP)", none -> {}, Wal::pagesToCopy).get(0);
  }

  /** Reads whether somebody was in the way, how many pages there are, and how many are copied. */
  private static long pagesToCopy(Row row) throws SQLException {
    row.number();
    long pages = row.number();
    return pages - row.number();
  }

  private Database copier() throws SQLException {
    if (copier != null && copier.isOrphaned()) {
      closeCopier();
    }
    if (copier == null) {
      copier = connections.openCopier();
    }
    return copier;
  }

  private long length() {
    try {
      return Files.size(file);
    } catch (IOException missing) {
      return 0;
    }
  }

  /**
   * Copies the WAL into the file and begins it anew, if readers let go soon.
   *
   * @param writer the connection that writes, outside transactions
   */
  void beginAnew(Database writer) throws SQLException {
    long timeout = writer.findNumber("PRAGMA busy_timeout");
    writer.findNumber("PRAGMA busy_timeout = " + Math.min(timeout, PATIENCE_MILLIS));
    try {
      boolean busy = true;
      for (int attempt = 0; busy && attempt < ATTEMPTS; attempt++) {
        busy = writer.findNumber("PRAGMA wal_checkpoint(TRUNCATE)") != 0;
      }
    } finally {
      writer.findNumber("PRAGMA busy_timeout = " + timeout);
    }
    // Somebody reads and reads: try again when there is as much again, not at each commit.
    tooLong = Math.max(LONG, length() + Connections.WAL_BYTES);
  }

  /** Waits for what is being copied, and copies no more. */
  void close() {
    copying.lock();
    try {
      closed = true;
      closeCopier();
    } finally {
      copying.unlock();
    }
  }

  private void closeCopier() {
    try {
      if (copier != null) {
        copier.close();
      }
    } catch (SQLException broken) {
      // It holds nothing that anybody would miss.
    } finally {
      copier = null;
    }
  }
}
