package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteConfig.TempStore;
import org.sqlite.SQLiteOpenMode;

/**
 * Opens connections to one file; their settings stand here.
 *
 * @param file the absolute path
 * @param synchronousFull whether each commit waits for the disk
 * @param busyTimeout how long to wait for another connection's lock
 * @param readOnly whether nothing may be written, nor created
 */
record Connections(Path file, boolean synchronousFull, Duration busyTimeout, boolean readOnly) {
  /** Of 4 KB to 32 KB the fastest to fill with bodies of some KB. Only a new file takes it. */
  private static final int PAGE_SIZE = 16_384;

  /** The WAL is copied into the file at 32 MiB: seldom enough to be fast, and bounded. */
  static final int CHECKPOINT_PAGES = 2_000;

  static final int WAL_BYTES = CHECKPOINT_PAGES * PAGE_SIZE;

  private static final int WRITER_CACHE_PAGES = 1_000;

  /** 16 MB: the parts of a session lie far apart, and texts are put together of many. */
  private static final int READER_CACHE_PAGES = 1_000;

  private static final Duration RETRY_PAUSE = Duration.ofMillis(5);

  /** Opens the connection that writes; switches a new file to WAL and creates its tables. */
  Database openWriter() {
    try {
      SQLiteConfig config = config();
      config.setPageSize(PAGE_SIZE);
      config.setCacheSize(WRITER_CACHE_PAGES);
      config.setJournalSizeLimit(WAL_BYTES);
      Database writer = Database.connect(file, config);
      try {
        if (writer.findNumber("PRAGMA page_count") == 0) { // no other file takes it
          writer.execute("PRAGMA auto_vacuum = INCREMENTAL");
        }
        switchToWal(writer);
        // By itself only after a giant transaction: see Wal.
        writer.findNumber("PRAGMA wal_autocheckpoint = " + 2 * CHECKPOINT_PAGES);
        Schema.migrate(writer, file);
        return writer;
      } catch (SQLException | RuntimeException e) {
        writer.close();
        throw e;
      }
    } catch (SQLException e) {
      throw Failures.of("open", file, e);
    }
  }

  /** Opens a connection that copies the WAL into the file, which must be there. */
  Database openCopier() throws SQLException {
    SQLiteConfig config = config();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    return Database.connect(file, config);
  }

  /** Opens a connection that only reads. */
  Database openReader() throws SQLException {
    SQLiteConfig config = config();
    config.setCacheSize(READER_CACHE_PAGES);
    if (readOnly) {
      config.setReadOnly(true);
      return new ReadOnlyFile(file, config, busyTimeout).connect();
    }
    Database reader = Database.connect(file, config);
    try {
      reader.execute("PRAGMA query_only = TRUE");
      return reader;
    } catch (SQLException e) {
      reader.close();
      throw e;
    }
  }

  private SQLiteConfig config() {
    SQLiteConfig config = new SQLiteConfig();
    config.setBusyTimeout((int) Math.min(Integer.MAX_VALUE, busyTimeout.toMillis()));
    config.setSynchronous(synchronousFull ? SynchronousMode.FULL : SynchronousMode.NORMAL);
    // Otherwise the driver runs a query of its own after each insert.
    config.setGetGeneratedKeys(false);
    // Bodies must not spill into files that are readable for everybody.
    config.setTempStore(TempStore.MEMORY);
    return config;
  }

  /**
   * Two processes that switch a new file at the same moment would wait for each other, so the
   * engine fails one of them at once, busy timeout or not.
   */
  private void switchToWal(Database writer) throws SQLException {
    long deadline = System.nanoTime() + busyTimeout.toNanos();
    while (true) {
      try {
        String mode = writer.findText("PRAGMA journal_mode = WAL");
        if (!mode.equalsIgnoreCase("wal")) {
          throw new StorageException(
              "cannot use "
                  + file
                  + ": its file system has no shared memory for SQLite's WAL (journal mode stays "
                  + mode
                  + "); choose a local disk");
        }
        return;
      } catch (SQLException e) {
        if (!Failures.isBusy(e) || System.nanoTime() - deadline >= 0) {
          throw e;
        }
        LockSupport.parkNanos(RETRY_PAUSE.toNanos());
      }
    }
  }
}
