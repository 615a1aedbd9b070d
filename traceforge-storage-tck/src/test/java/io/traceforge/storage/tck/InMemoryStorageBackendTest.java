package io.traceforge.storage.tck;

import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.StorageBackend;
import java.time.Clock;

/** The kit on the simplest backend, which shows that both are right. */
class InMemoryStorageBackendTest extends StorageBackendContract {
  @Override
  protected StorageBackend open(Clock clock) {
    return new InMemoryStorageBackend(clock);
  }
}
