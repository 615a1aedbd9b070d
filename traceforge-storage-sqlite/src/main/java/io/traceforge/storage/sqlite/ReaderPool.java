package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageException;
import io.traceforge.storage.StorageUnavailableException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;

/**
 * The connections that read, opened when they are first needed. Thread-safe; whoever finds all of
 * them busy waits. Thanks to the WAL, readers neither wait for the writer nor hold it up.
 */
final class ReaderPool {
  private final Connections connections;
  private final int size;
  private final Semaphore permits;
  private final ConcurrentLinkedDeque<Database> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean closed;

  ReaderPool(Connections connections, int size) {
    this.connections = connections;
    this.size = size;
    permits = new Semaphore(size, true);
  }

  /**
   * Runs a query that begins now, and so sees all that is committed by now.
   *
   * @param action what it is, for the message of an exception
   * @throws StorageException if the engine fails
   */
  <T> T read(String action, SqlFunction<Database, T> query) {
    return inTurn(action, () -> readWithPermit(query));
  }

  /**
   * As {@link #read}, on a connection of its own that has read nothing before: what the engine
   * remembers of a search index makes it take changes of others for damage when it looks for that.
   */
  <T> T readAfresh(String action, SqlFunction<Database, T> query) {
    return inTurn(
        action,
        () -> {
          try (Database reader = open()) {
            return query.apply(reader);
          }
        });
  }

  private interface Reading<T> {
    T run() throws SQLException;
  }

  private <T> T inTurn(String action, Reading<T> reading) {
    permits.acquireUninterruptibly();
    try {
      if (closed) {
        throw new IllegalStateException("the storage backend is closed");
      }
      return reading.run();
    } catch (SQLException e) {
      throw Failures.of(action, connections.file(), e);
    } finally {
      permits.release();
    }
  }

  private <T> T readWithPermit(SqlFunction<Database, T> query) throws SQLException {
    Database reader = idle.pollLast();
    if (reader != null && reader.isOrphaned()) {
      reader.close();
      reader = null;
    }
    if (reader == null) {
      reader = open();
    }
    boolean healthy = false;
    try {
      T result = query.apply(reader);
      healthy = true;
      return result;
    } finally {
      if (healthy) {
        idle.addLast(reader);
      } else {
        reader.close();
      }
    }
  }

  private Database open() throws SQLException {
    if (Files.notExists(connections.file())) { // the engine would create an empty one
      throw new StorageUnavailableException(connections.file() + " is gone since it was opened");
    }
    return connections.openReader();
  }

  /** Waits for the queries that are going on, then closes. Closing again does nothing. */
  void close() {
    closed = true;
    permits.acquireUninterruptibly(size);
    try {
      for (Database reader = idle.poll(); reader != null; reader = idle.poll()) {
        reader.close();
      }
    } catch (SQLException e) {
      throw Failures.of("close", connections.file(), e);
    } finally {
      permits.release(size);
    }
  }
}
