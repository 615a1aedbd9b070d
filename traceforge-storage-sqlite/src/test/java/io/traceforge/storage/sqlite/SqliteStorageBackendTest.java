package io.traceforge.storage.sqlite;

import io.traceforge.storage.StorageBackend;
import io.traceforge.storage.tck.StorageBackendContract;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** The contract of all backends. */
class SqliteStorageBackendTest extends StorageBackendContract {
  @TempDir Path directory;

  @Override
  protected StorageBackend open(Clock clock) {
    return SqliteStorageBackend.builder(directory.resolve("traces.db")).clock(clock).open();
  }

  @Override
  protected Optional<StorageBackend> reopen(Clock clock) {
    return Optional.of(open(clock));
  }
}
