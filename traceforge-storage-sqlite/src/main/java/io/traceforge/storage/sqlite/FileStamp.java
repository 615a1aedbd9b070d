package io.traceforge.storage.sqlite;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * What tells that a file is as it was while nobody had it open to write. Whoever writes has a WAL
 * beside the file, and before the WAL goes away again it is copied into the file, which changes the
 * file's time.
 */
record FileStamp(Path file, @Nullable Object key, FileTime changed, long size) {
  /** File systems count time in steps of some milliseconds: within one, a change is not seen. */
  private static final Duration STEP = Duration.ofMillis(20);

  /** Returns the stamp of a file, or {@code null} if somebody may have it open to write. */
  static @Nullable FileStamp take(Path file) throws IOException {
    FileStamp stamp = now(file);
    while (stamp != null && stamp.isYoung()) {
      LockSupport.parkNanos(STEP.toNanos() / 4);
      stamp = now(file);
    }
    return stamp;
  }

  private static @Nullable FileStamp now(Path file) throws IOException {
    if (DatabaseFile.hasSomethingBeside(file)) {
      return null;
    }
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return new FileStamp(
        file, attributes.fileKey(), attributes.lastModifiedTime(), attributes.size());
  }

  /** A time in the future is that of another clock, and tells nothing. */
  private boolean isYoung() {
    Duration age = Duration.between(changed.toInstant(), Instant.now());
    return !age.isNegative() && age.compareTo(STEP) < 0;
  }

  /** Returns whether the file is still as it was, and nobody has it open to write. */
  boolean holds() {
    try {
      return equals(now(file));
    } catch (IOException gone) {
      return false;
    }
  }
}
