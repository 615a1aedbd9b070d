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
  private static final String DELETING = "delete old sessions in";

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
    PruneResult before;
    do {
      before = pruning.result();
      deleteOneRound(pruning);
      search.clear();
    } while (policy.maxBytes() != null && !pruning.result().equals(before));
    giveBack();
    return pruning.result();
  }

  private void deleteOneRound(Pruning pruning) {
    boolean more = writer.write(DELETING, pruning::begin);
    while (more) { // the lock is fair: whoever waits to store something comes in between
      more = writer.write(DELETING, pruning::goOn);
    }
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
      writer.beginWalAnew(); // until it is copied into the file, the file is as long as it was
    }
  }

  private static long freePages(WriteAccess access) throws SQLException {
    return access.database().findNumber("PRAGMA freelist_count");
  }

  private static long shorten(WriteAccess access) throws SQLException {
    access.database().executeAll("PRAGMA incremental_vacuum(" + PAGES_AT_ONCE + ")");
    return freePages(access);
  }
}
