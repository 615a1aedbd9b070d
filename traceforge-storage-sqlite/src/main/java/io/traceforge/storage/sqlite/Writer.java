package io.traceforge.storage.sqlite;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import io.traceforge.storage.StorageException;
import io.traceforge.storage.StorageUnavailableException;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The one connection that writes. Thread-safe; writers take turns. */
final class Writer {
  /** Fair: what is done in many small transactions must not keep others out. */
  private final ReentrantLock lock = new ReentrantLock(true);

  private final Connections connections;
  private final Wal wal;
  private @Nullable WriteAccess access; // guarded by lock
  private boolean closed;

  Writer(Connections connections) {
    this.connections = connections;
    this.wal = new Wal(connections);
    access = connections.readOnly() ? null : open();
  }

  private WriteAccess open() {
    return new WriteAccess(connections.openWriter());
  }

  /**
   * Does something in a transaction: all of it, or nothing if it throws.
   *
   * @param action what it is, for the message of an exception
   * @throws StorageException if the engine fails
   */
  <T> T write(String action, SqlFunction<WriteAccess, T> work) {
    T result = outsideTransaction(action, access -> access.transaction(work));
    if (wal.copyIfLong()) {
      tryToBeginWalAnew();
    }
    return result;
  }

  private void tryToBeginWalAnew() {
    try {
      beginWalAnew();
    } catch (StorageException | IllegalStateException failedOrClosed) {
      // What was to be written is committed. If the disk is bad, the next one will tell.
    }
  }

  /** Copies the WAL into the file and begins it anew, if readers let go soon. */
  void beginWalAnew() {
    outsideTransaction(
        "shorten",
        access -> {
          wal.beginAnew(access.database());
          return wal;
        });
  }

  /**
   * Does something that the engine does not do in a transaction.
   *
   * @param action what it is, for the message of an exception
   * @throws StorageException if the engine fails
   */
  @CanIgnoreReturnValue
  <T> T outsideTransaction(String action, SqlFunction<WriteAccess, T> work) {
    // Not interruptibly: an interrupt is for the caller's own waiting, not for a commit.
    lock.lock();
    try {
      if (closed) {
        throw new IllegalStateException("the storage backend is closed");
      }
      if (connections.readOnly()) {
        throw new StorageException(
            "cannot " + action + " " + connections.file() + ": it is open for reading only");
      }
      return work.apply(current());
    } catch (SQLException e) {
      if (!Failures.isBusy(e)) {
        discard(); // after a full disk, the driver's statements fail for ever
      }
      throw Failures.of(action, connections.file(), e);
    } finally {
      lock.unlock();
    }
  }

  /** A file that is gone stays open until there is another: it may be moved back. */
  private WriteAccess current() {
    WriteAccess known = access;
    if (known != null && !known.isOrphaned()) {
      return known;
    }
    WriteAccess fresh = openAgain();
    discard();
    access = fresh;
    return fresh;
  }

  private WriteAccess openAgain() {
    try {
      DatabaseFile.prepare(connections.file(), connections.busyTimeout());
      return open();
    } catch (StorageException e) {
      throw new StorageUnavailableException(
          connections.file() + " is broken or gone since it was opened: " + e.getMessage(), e);
    }
  }

  private void discard() {
    try {
      if (access != null) {
        access.close();
      }
    } catch (SQLException broken) {
      return; // what it says has been said by the failure before
    } finally {
      access = null;
    }
  }

  /** Waits for the write that is going on, then closes. Closing again does nothing. */
  void close() {
    wal.close();
    lock.lock();
    try {
      if (!closed) {
        closed = true;
        if (access != null) {
          checkpoint(access.database());
          access.close();
        }
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
  private static void checkpoint(Database database) {
    try {
      database.list("PRAGMA wal_checkpoint(TRUNCATE)", none -> {}, Row::number);
    } catch (SQLException inUse) {
      // What was committed is safe in the WAL.
    }
  }
}
