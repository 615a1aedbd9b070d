package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageException;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;

/** The one connection that writes. Thread-safe; writers take turns. */
final class Writer {
  private final ReentrantLock lock = new ReentrantLock();
  private final Connections connections;
  private final Database database;
  private boolean closed;

  Writer(Connections connections) {
    this.connections = connections;
    database = connections.openWriter();
  }

  /**
   * Does something in a transaction: all of it, or nothing if it throws.
   *
   * @param action what it is, for the message of an exception
   * @throws StorageException if the engine fails
   */
  <T> T write(String action, SqlFunction<Database, T> work) {
    // Not interruptibly: an interrupt is for the caller's own waiting, not for a commit.
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the storage backend is closed");
      }
      return database.writeTransaction(work);
    } catch (SQLException e) {
      throw Failures.of(action, connections.file(), e);
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the write that is going on, then closes. Closing again does nothing. */
  void close() {
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        checkpoint();
        database.close();
      }
    } catch (SQLException e) {
      throw Failures.of("close", connections.file(), e);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Copies the WAL into the file. Another process may be reading: then it does so itself, later.
   */
  private void checkpoint() {
    try {
      database.list("PRAGMA wal_checkpoint(TRUNCATE)", none -> {}, Row::number);
    } catch (SQLException inUse) {
      // What was committed is safe in the WAL.
    }
  }
}
