package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageException;
import io.traceforge.storage.StorageUnavailableException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

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
    return inTurn(action, () -> readWithPermit(query, true));
  }

  /**
   * As {@link #read}, on a connection of its own that has read nothing before: what the engine
   * remembers of a search index makes it take changes of others for damage when it looks for that.
   */
  <T> T readAfresh(String action, SqlFunction<Database, T> query) {
    return inTurn(action, () -> readWithPermit(query, false));
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

  /** Reads once more if somebody began to write to a file that nobody had open. */
  private <T> T readWithPermit(SqlFunction<Database, T> query, boolean pooled) throws SQLException {
    long deadline = System.nanoTime() + connections.busyTimeout().toNanos();
    Answer<T> answer = attempt(query, pooled);
    while (answer == null) {
      if (System.nanoTime() - deadline >= 0) {
        throw new StorageUnavailableException(connections.file() + " changes all the time");
      }
      answer = attempt(query, pooled);
    }
    return answer.value();
  }

  private record Answer<T>(T value) {}

  /** Returns {@code null} if what was read may be wrong. */
  private <T> @Nullable Answer<T> attempt(SqlFunction<Database, T> query, boolean pooled)
      throws SQLException {
    Database reader = pooled ? idleOrNew() : open();
    boolean healthy = false;
    try {
      T result = query.apply(reader);
      healthy = !reader.isTorn();
      return healthy ? new Answer<>(result) : null;
    } catch (SQLException | RuntimeException e) {
      if (reader.isTorn()) {
        return null;
      }
      throw e;
    } finally {
      if (healthy && pooled) {
        idle.addLast(reader);
      } else {
        reader.close();
      }
    }
  }

  private Database idleOrNew() throws SQLException {
    Database reader = idle.pollLast();
    if (reader != null && (reader.isOrphaned() || reader.isTorn())) {
      reader.close();
      reader = null;
    }
    return reader == null ? open() : reader;
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
      closeIdle();
    } finally {
      permits.release(size);
    }
  }

  private void closeIdle() {
    Database reader = idle.poll();
    if (reader != null) {
      try {
        reader.close();
      } catch (SQLException e) {
        throw Failures.of("close", connections.file(), e);
      } finally {
        closeIdle();
      }
    }
  }
}
