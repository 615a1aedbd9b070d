package io.traceforge.storage.sqlite;

import java.sql.SQLException;

/**
 * The connection that writes, with what is kept in mind of the file between its transactions. Used
 * by one thread at a time.
 */
final class WriteAccess implements AutoCloseable {
  private final Database database;
  private final PartStore parts;
  private final LastRequests lastRequests = new LastRequests();
  private final RecentWrites recent = new RecentWrites();
  private final TraceEncoder encoder;

  WriteAccess(Database database) {
    this.database = database;
    this.parts = new PartStore(database);
    this.encoder = new TraceEncoder(parts, lastRequests);
  }

  Database database() {
    return database;
  }

  TraceEncoder encoder() {
    return encoder;
  }

  PartStore parts() {
    return parts;
  }

  LastRequests lastRequests() {
    return lastRequests;
  }

  RecentWrites recent() {
    return recent;
  }

  /** Does something in a transaction: all of it, or nothing if it throws. */
  <T> T transaction(SqlFunction<WriteAccess, T> work) throws SQLException {
    boolean committed = false;
    try {
      T result =
          database.writeTransaction(
              begun -> {
                recent.begin(database);
                lastRequests.begin(parts.begin());
                return work.apply(this);
              });
      committed = true;
      parts.committed();
      lastRequests.committed();
      return result;
    } finally {
      if (!committed) {
        recent.forgetAll();
      }
    }
  }

  boolean isOrphaned() {
    return database.isOrphaned();
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
