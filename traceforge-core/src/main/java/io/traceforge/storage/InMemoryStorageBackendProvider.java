package io.traceforge.storage;

/** Opens {@link InMemoryStorageBackend} for {@code memory:}. Public for ServiceLoader only. */
public final class InMemoryStorageBackendProvider implements StorageBackendProvider {

  /** Creates the provider. */
  public InMemoryStorageBackendProvider() {}

  @Override
  public String scheme() {
    return "memory";
  }

  @Override
  public StorageBackend open(String url) {
    return new InMemoryStorageBackend();
  }
}
