package io.traceforge.storage.sqlite;

import java.nio.file.Path;
import java.sql.SQLException;

/**
 * The connection that writes, with what is kept in mind of the file between its transactions. Used
 * by one thread at a time.
 */
final class WriteAccess implements AutoCloseable {
  private final Database database;
  private final PartStore parts;
  private final LastRequests lastRequests = new LastRequests();
  private final TraceEncoder encoder;
  private final Wal wal;

  WriteAccess(Database database, Path file) {
    this.database = database;
    this.wal = new Wal(database, file);
    this.parts = new PartStore(database);
    this.encoder = new TraceEncoder(parts, lastRequests);
  }

  Database database() {
    return database;
  }

  TraceEncoder encoder() {
    return encoder;
  }

  Wal wal() {
    return wal;
  }

  PartStore parts() {
    return parts;
  }

  LastRequests lastRequests() {
    return lastRequests;
  }

  /** Does something in a transaction: all of it, or nothing if it throws. */
  <T> T transaction(SqlFunction<WriteAccess, T> work) throws SQLException {
    T result =
        database.writeTransaction(
            begun -> {
              lastRequests.begin(parts.begin());
              return work.apply(this);
            });
    parts.committed();
    lastRequests.committed();
    return result;
  }

  boolean isOrphaned() {
    return database.isOrphaned();
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
