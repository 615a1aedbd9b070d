package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/**
 * The tables, and how to bring an older file up to date. {@code user_version} tells how many of
 * {@link #STEPS} a file has been through; a step that has been released never changes.
 *
 * <p>The figures of sessions are kept beside the traces, in the same transaction: {@code steps} has
 * the counts of each step, {@code failed_calls} the calls whose last attempt ended in an error,
 * {@code sessions} all that metadata tells. So no reader ever adds traces up.
 */
final class Schema {
  /** "TrFg" in ASCII: tells our files from others in the header ({@code file(1)} shows it). */
  static final int APPLICATION_ID = 0x54724667;

  /** The first version that is read as it is. */
  private static final int READABLE = 5;

  private static final List<List<String>> STEPS =
      List.of(
          Version1.STATEMENTS,
          Version2.STATEMENTS,
          Version3.STATEMENTS,
          Version4.STATEMENTS,
          Version5.STATEMENTS,
          Version6.STATEMENTS);

  private Schema() {}

  /** What a file says it is. */
  record Identity(long applicationId, long version, long tables) {

    /** Reads it, in a transaction: another process may just be creating the tables. */
    static Identity read(Database database) throws SQLException {
      return database.readTransaction(Identity::readInTransaction);
    }

    private static Identity readInTransaction(Database database) throws SQLException {
      long tables = database.findNumber("SELECT count(*) FROM sqlite_master");
      return new Identity(
          database.findNumber("PRAGMA application_id"),
          database.findNumber("PRAGMA user_version"),
          tables);
    }

    /**
     * Checks that the file is ours or empty.
     *
     * @throws StorageException if it belongs to another program or to a newer TraceForge
     */
    void check(Path file) {
      boolean empty = applicationId == 0 && tables == 0;
      if (applicationId != APPLICATION_ID && !empty) {
        throw new StorageException(
            "cannot use "
                + file
                + ": it is a database of another program (its application_id is "
                + applicationId
                + ", TraceForge's is "
                + APPLICATION_ID
                + "); choose another file. Nothing in it was changed");
      }
      if (version > STEPS.size()) {
        throw new StorageException(
            "cannot use "
                + file
                + ": a newer TraceForge wrote it (schema "
                + version
                + ", this one knows "
                + STEPS.size()
                + "); use that version or choose another file. Nothing in it was changed");
      }
    }
  }

  /**
   * Checks that a file can be read as it is.
   *
   * @throws StorageException if it cannot; the message says why
   */
  static void checkReadable(Database database, Path file) throws SQLException {
    Identity identity = Identity.read(database);
    identity.check(file);
    if (identity.version() < READABLE) {
      String what =
          identity.applicationId() == APPLICATION_ID
              ? "an older TraceForge wrote it (schema " + identity.version() + ")"
              : "it is empty";
      throw new StorageException(
          "cannot read " + file + ": " + what + "; open it for writing once, which updates it");
    }
  }

  /** Brings a file up to date. Several processes may try at once: one does it, the others see. */
  static void migrate(Database database, Path file) throws SQLException {
    Identity identity = Identity.read(database);
    identity.check(file);
    if (identity.version() < STEPS.size()) {
      database.writeTransaction(
          transaction -> {
            Identity current = Identity.readInTransaction(transaction);
            current.check(file);
            applySteps(transaction, (int) current.version());
            return true;
          });
    }
  }

  private static void applySteps(Database database, int done) throws SQLException {
    for (List<String> step : STEPS.subList(done, STEPS.size())) {
      for (String statement : step) {
        database.execute(statement);
      }
    }
    database.execute("PRAGMA application_id = " + APPLICATION_ID);
    database.execute("PRAGMA user_version = " + STEPS.size());
  }
}
