package io.traceforge.storage.sqlite;

import io.traceforge.storage.PruneResult;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import java.sql.SQLException;
import java.time.Clock;
import java.util.OptionalLong;

/** Deletes old sessions in small transactions, and gives the room back to the disk. */
final class SqliteRetention implements Retention {
  private static final int PAGES_AT_ONCE = 64;

  private final Writer writer;
  private final ReaderPool readers;
  private final SearchUpkeep search;
  private final Clock clock;

  SqliteRetention(Writer writer, ReaderPool readers, SearchUpkeep search, Clock clock) {
    this.writer = writer;
    this.readers = readers;
    this.search = search;
    this.clock = clock;
  }

  @Override
  public PruneResult prune(RetentionPolicy policy) {
    Pruning pruning = new Pruning(policy, clock.instant());
    boolean more = true;
    while (more) { // the lock is fair: whoever waits to store something comes in between
      more = writer.write("delete old sessions in", pruning::goOn);
    }
    search.clear();
    giveBack();
    return pruning.result();
  }

  @Override
  public OptionalLong usedBytes() {
    return OptionalLong.of(readers.read("measure", Pruning::usedBytes));
  }

  /** Also what was deleted otherwise, or by a process that did not come so far. */
  private void giveBack() {
    long left = writer.outsideTransaction("shorten", SqliteRetention::freePages);
    boolean shorter = false;
    boolean more = left > 0;
    while (more) {
      long before = left;
      left = writer.outsideTransaction("shorten", SqliteRetention::shorten);
      shorter |= left < before;
      more = left > 0 && left < before;
    }
    if (shorter) {
      writer.outsideTransaction("shorten", SqliteRetention::copy);
    }
  }

  private static long freePages(WriteAccess access) throws SQLException {
    return access.database().findNumber("PRAGMA freelist_count");
  }

  private static long shorten(WriteAccess access) throws SQLException {
    access.database().executeAll("PRAGMA incremental_vacuum(" + PAGES_AT_ONCE + ")");
    return freePages(access);
  }

  /** Until the WAL is copied into the file, the file is as long as it was. */
  private static boolean copy(WriteAccess access) throws SQLException {
    access.wal().copy();
    return true;
  }
}
