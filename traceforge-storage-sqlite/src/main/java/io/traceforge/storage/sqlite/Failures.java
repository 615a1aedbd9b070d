package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageException;
import io.traceforge.storage.StorageUnavailableException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Turns the engine's errors into exceptions that say what to do. */
final class Failures {
  /** The extended codes, such as {@code SQLITE_BUSY_SNAPSHOT}, have the plain one in this byte. */
  private static final int PRIMARY = 0xff;

  private Failures() {}

  static StorageException of(String action, Path file, SQLException cause) {
    String message = "cannot " + action + " " + file + ": " + reason(cause);
    return isOfTheWholeFile(cause)
        ? new StorageUnavailableException(message, cause)
        : new StorageException(message, cause);
  }

  /** Whatever else was to be stored would have met the same. */
  private static boolean isOfTheWholeFile(SQLException failure) {
    return switch (SQLiteErrorCode.getErrorCode(primaryCode(failure))) {
      case SQLITE_BUSY,
          SQLITE_LOCKED,
          SQLITE_FULL,
          SQLITE_IOERR,
          SQLITE_CANTOPEN,
          SQLITE_READONLY,
          SQLITE_PERM,
          SQLITE_PROTOCOL,
          SQLITE_NOMEM,
          SQLITE_CORRUPT,
          SQLITE_NOTADB ->
          true;
      default -> false;
    };
  }

  static boolean isBusy(SQLException failure) {
    return primaryCode(failure) == SQLiteErrorCode.SQLITE_BUSY.code;
  }

  /** Returns whether the file or its directory does not let this user do what is needed. */
  static boolean isForbidden(SQLException failure) {
    return switch (SQLiteErrorCode.getErrorCode(primaryCode(failure))) {
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM -> true;
      default -> false;
    };
  }

  private static int primaryCode(SQLException failure) {
    return failure instanceof SQLiteException engine ? engine.getResultCode().code & PRIMARY : -1;
  }

  private static String reason(SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    SQLiteErrorCode code = SQLiteErrorCode.getErrorCode(primaryCode(failure));
    return switch (code) {
      case SQLITE_BUSY -> "another connection kept it locked for longer than the busy timeout";
      case SQLITE_NOTADB -> "it is not an SQLite database; choose another file (" + message + ")";
      case SQLITE_CORRUPT ->
          "the file is damaged; restore a copy, or save what can be read with the sqlite3 shell's"
              + " .recover ("
              + message
              + ")";
      case SQLITE_FULL -> "the disk is full (" + message + ")";
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM ->
          "the file and its directory must be writable, with room for "
              + "files that end in -wal and -shm ("
              + message
              + ")";
      default -> message;
    };
  }
}
