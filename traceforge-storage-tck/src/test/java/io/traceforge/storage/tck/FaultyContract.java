package io.traceforge.storage.tck;

import io.traceforge.storage.InMemoryStorageBackend;
import io.traceforge.storage.StorageBackend;
import java.time.Clock;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The kit on a backend that is wrong in the way that was set last. Its name keeps it from being
 * taken for a test; {@link KitRun} runs it.
 */
class FaultyContract extends StorageBackendContract {
  /** JUnit makes the object, so what it shall do cannot be handed to it. */
  private static volatile UnaryOperator<StorageBackend> breaking = UnaryOperator.identity();

  private StorageBackend content = new InMemoryStorageBackend();

  static void breakBy(UnaryOperator<StorageBackend> fault) {
    breaking = fault;
  }

  @Override
  protected StorageBackend open(Clock clock) {
    content = new SearchableBackend(new InMemoryStorageBackend(clock));
    return breaking.apply(new LastingBackend(content));
  }

  @Override
  protected Optional<StorageBackend> reopen(Clock clock) {
    return Optional.of(breaking.apply(new LastingBackend(content)));
  }
}
