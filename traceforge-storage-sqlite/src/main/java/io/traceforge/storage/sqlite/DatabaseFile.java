package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import org.sqlite.SQLiteConfig;

/**
 * Sees to it that there is a file we may use, before anything is written to it.
 *
 * <p>An existing file is looked at only through SQLite. If this process read it with a stream of
 * its own, then closing the stream would drop all POSIX locks that the process has on the file, and
 * with them those of another backend that has it open.
 */
final class DatabaseFile {
  /** SQLite takes a file of fewer bytes for an empty one, and would overwrite it. */
  private static final int SMALLEST_DATABASE = 512;

  /** What the engine and most file systems take, with room for {@code -journal}. */
  private static final int LONGEST_PATH = 504;

  private static final int LONGEST_NAME = 247;

  private DatabaseFile() {}

  /**
   * Creates the file if it is missing, else checks that it is one of ours.
   *
   * @return the absolute path
   * @throws StorageException if it can be neither created nor used; it is then as it was before
   */
  static Path prepare(Path path, Duration busyTimeout) {
    checkPath(path);
    Path file = path.toAbsolutePath();
    checkLength(file);
    if (!create(file)) {
      checkExisting(file, busyTimeout);
    }
    return file;
  }

  /**
   * Checks that there is a file to be read.
   *
   * @return the absolute path
   * @throws StorageException if there is none; none is made
   */
  static Path existing(Path path) {
    checkPath(path);
    Path file = path.toAbsolutePath();
    if (!Files.isRegularFile(file)) {
      String what = Files.exists(file) ? "it is not a regular file" : "there is no such file";
      throw new StorageException("cannot read " + file + ": " + what);
    }
    if (!Files.isReadable(file)) {
      throw new StorageException("cannot read " + file + ": it is not readable for this user");
    }
    return file;
  }

  private static void checkPath(Path path) {
    if (!path.getFileSystem().equals(FileSystems.getDefault())) {
      throw new StorageException(
          "cannot use " + path + ": SQLite needs a file of the default file system");
    }
    if (path.toString().isEmpty()) {
      throw new StorageException("cannot use an empty path: name a file, such as traces.db");
    }
    if (path.toString().startsWith(":memory:")) {
      throw new StorageException(
          "cannot use " + path + ": to keep traces in memory, open the storage \"memory:\"");
    }
  }

  /** The engine says only that it cannot open such a file, and after an empty one is there. */
  private static void checkLength(Path file) {
    int path = length(file);
    int name = file.getFileName() == null ? 0 : length(file.getFileName());
    if (path > LONGEST_PATH || name > LONGEST_NAME) {
      throw new StorageException(
          String.format(
              Locale.ROOT,
              "cannot use %s: SQLite needs a path of %d bytes at most, and a name of %d; these"
                  + " have %d and %d; choose a shorter one",
              file,
              LONGEST_PATH,
              LONGEST_NAME,
              path,
              name));
    }
  }

  private static int length(Path path) {
    return path.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /**
   * Creates an empty file that only its owner can read. One thread at a time: no other may lock the
   * file through SQLite while this one has it open.
   *
   * @return whether it was missing
   */
  private static synchronized boolean create(Path file) {
    Path directory = file.getParent();
    if (directory != null && !Files.isDirectory(directory)) {
      String what = Files.exists(directory) ? " is not a directory" : " does not exist; create it";
      throw new StorageException("cannot create " + file + ": " + directory + what);
    }
    try {
      Files.createFile(file, ownerOnly());
      return true;
    } catch (FileAlreadyExistsException exists) {
      return false;
    } catch (IOException | SecurityException e) {
      throw new StorageException(
          "cannot create " + file + ": is its directory writable? (" + e + ")", e);
    }
  }

  /** SQLite gives its own files beside the database the same permissions. */
  private static FileAttribute<?>[] ownerOnly() {
    boolean posix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  private static void checkExisting(Path file, Duration busyTimeout) {
    if (!Files.isRegularFile(file)) {
      throw new StorageException("cannot use " + file + ": it is not a regular file");
    }
    if (!Files.isWritable(file) || !Files.isReadable(file)) {
      String what = Files.isReadable(file) ? "writable" : "readable";
      throw new StorageException("cannot use " + file + ": it is not " + what + " for this user");
    }
    checkIdentity(file, busyTimeout);
  }

  private static void checkIdentity(Path file, Duration busyTimeout) {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(hasSomethingBeside(file));
    config.setBusyTimeout((int) Math.min(Integer.MAX_VALUE, busyTimeout.toMillis()));
    try {
      long size = Files.size(file);
      if (size > 0 && size < SMALLEST_DATABASE) {
        throw new StorageException(
            "cannot use " + file + ": it is not an SQLite database; choose another file");
      }
      if (size > 0) {
        try (Database database = Database.connect(file, config)) {
          database.execute("PRAGMA query_only = TRUE");
          Schema.Identity.read(database).check(file);
        }
      }
    } catch (SQLException e) {
      throw Failures.of("use", file, e);
    } catch (IOException e) {
      throw new StorageException("cannot use " + file + ": " + e, e);
    }
  }

  /**
   * What a process has left that was killed must not be copied into a file that may be a foreign
   * one, so it is opened to be read only. Where nothing is left, that is not needed; and only who
   * may write deletes what the engine itself puts there.
   */
  static boolean hasSomethingBeside(Path file) {
    return Files.exists(beside(file, "-wal")) || Files.exists(beside(file, "-journal"));
  }

  /** Returns where the engine keeps a file of its own: beside the file, not beside a link to it. */
  static Path beside(Path file, String suffix) {
    Path real;
    try {
      real = file.toRealPath();
    } catch (IOException missing) {
      real = file; // then there is no link either
    }
    return real.resolveSibling(real.getFileName() + suffix);
  }
}
