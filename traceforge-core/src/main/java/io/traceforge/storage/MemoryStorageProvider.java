package io.traceforge.storage;

/** Opens {@link InMemoryStorageBackend} for {@code memory:}. Public for ServiceLoader only. */
public final class MemoryStorageProvider implements StorageBackendProvider {

  /** Creates the provider. */
  public MemoryStorageProvider() {}

  @Override
  public String scheme() {
    return "memory";
  }

  @Override
  public StorageBackend open(String url) {
    return new InMemoryStorageBackend();
  }
}
