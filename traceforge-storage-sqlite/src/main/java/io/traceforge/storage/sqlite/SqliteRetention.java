package io.traceforge.storage.sqlite;

import io.traceforge.storage.PruneResult;
import io.traceforge.storage.Retention;
import io.traceforge.storage.RetentionPolicy;
import java.time.Clock;

/** Deletes old sessions in small transactions, and gives the room back to the disk. */
final class SqliteRetention implements Retention {
  private static final int PAGES_AT_ONCE = 64;

  private final Writer writer;
  private final Clock clock;

  SqliteRetention(Writer writer, Clock clock) {
    this.writer = writer;
    this.clock = clock;
  }

  @Override
  public PruneResult prune(RetentionPolicy policy) {
    Pruning pruning = new Pruning(policy, clock.instant());
    boolean more = true;
    while (more) { // the lock is fair: whoever waits to store something comes in between
      more = writer.write("delete old sessions in", pruning::goOn);
    }
    if (pruning.result().traces() + pruning.result().sessions() > 0) {
      giveBack();
    }
    return pruning.result();
  }

  private void giveBack() {
    long left = Long.MAX_VALUE;
    long before;
    do {
      before = left;
      left =
          writer.outsideTransaction(
              "shorten",
              access -> {
                Database database = access.database();
                database.executeAll("PRAGMA incremental_vacuum(" + PAGES_AT_ONCE + ")");
                return database.findNumber("PRAGMA freelist_count");
              });
    } while (left > 0 && left < before);
  }
}
